import { TextDecoder } from 'node:util';
import { CompressorError, type Place } from '../errors.ts';

/**
 * The text of a source. A byte order mark decides, then the declared encoding, then `@charset` of a style sheet, then UTF-8.
 *
 * @param charset a label of the WHATWG Encoding Standard
 * @throws CompressorError `source-encoding` with the place of the first wrong byte, `encoding-unknown`
 */
export function decode(bytes: Uint8Array, name: string, charset: string | undefined): string {
  const label = byteOrderMark(bytes) ?? charset ?? declaredCharset(bytes, name) ?? 'utf-8';
  let decoder: TextDecoder;
  try {
    decoder = new TextDecoder(label, { fatal: true });
  } catch (cause) {
    throw new CompressorError('encoding-unknown', {
      message: `"${label}" is not the name of an encoding`,
      place: { file: name },
      cause,
    });
  }
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    throw new CompressorError('source-encoding', {
      message: `a byte is not valid ${decoder.encoding}`,
      place: firstInvalid(bytes, name, label),
      cause,
    });
  }
}

function byteOrderMark(bytes: Uint8Array): string | undefined {
  const [a, b, c] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  return undefined;
}

/** CSS Syntax Level 3, 3.2: the rule must be the first bytes of the file, written exactly so. */
function declaredCharset(bytes: Uint8Array, name: string): string | undefined {
  if (!/\.(css|scss|sass|less|styl)$/.test(name)) return undefined;
  const start = Buffer.from(bytes.subarray(0, 100)).toString('latin1');
  const label = /^@charset "([^"]+)";/.exec(start)?.[1];
  // Nobody could read this rule in a file that were really UTF-16.
  return label !== undefined && /^\s*utf-16/i.test(label) ? 'utf-8' : label;
}

function firstInvalid(bytes: Uint8Array, name: string, label: string): Place {
  // The replacement character proves nothing: a text may hold it. So the longest start that is valid is searched for.
  let [valid, wrong] = [0, bytes.length + 1];
  while (wrong - valid > 1) {
    const middle = (valid + wrong) >> 1;
    if (decodeStart(bytes.subarray(0, middle), label) === undefined) wrong = middle;
    else valid = middle;
  }
  const lines = (decodeStart(bytes.subarray(0, valid), label) ?? '').split(/\r\n?|\n/);
  return { file: name, line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}

/** The text of the first bytes of a file, a character cut at their end left out; undefined if a byte is wrong. */
function decodeStart(bytes: Uint8Array, label: string): string | undefined {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return undefined;
  }
}
