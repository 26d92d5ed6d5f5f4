import assert from 'node:assert/strict';
import type { CommandStep } from './steps.ts';

/** What stands in a tutorial for what is different each time. */
const PLACEHOLDER = '…';

/** Asserts that a command printed what a tutorial says. JSON may stand there with more space and in another order of keys. */
export function assertPrinted(printed: string, { command, output }: CommandStep): void {
  if (output === undefined) return;
  const { language, text } = output;
  if (language === 'json') {
    const expected: unknown = JSON.parse(text);
    const actual: unknown = JSON.parse(printed);
    assert.deepEqual(withPlaceholders(actual, expected), expected, command);
    return;
  }
  const [actual, expected] = [printed.trim(), text.trim()];
  const pattern = expected.split(PLACEHOLDER).map(RegExp.escape).join('[^\\n]+');
  // Where it does not fit, comparing the texts shows where they differ.
  if (!new RegExp(`^${pattern}$`).test(actual)) assert.equal(actual, expected, command);
}

/** A value with placeholders wherever the expected one has them and a text stands in their place. */
function withPlaceholders(actual: unknown, expected: unknown): unknown {
  if (expected === PLACEHOLDER && typeof actual === 'string' && actual !== '') return PLACEHOLDER;
  if (Array.isArray(actual) && Array.isArray(expected))
    return actual.map((item, at) => withPlaceholders(item, expected[at]));
  if (!isObject(actual) || !isObject(expected)) return actual;
  return Object.fromEntries(
    Object.entries(actual).map(([key, value]) => [key, withPlaceholders(value, expected[key])]),
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
