import { isPlainObject } from '../../tree/problems.ts';

/** What `kind` of {@link CheckMessage} is. */
export const CHECK_MESSAGE = 'widgy-check';

/** What the page of a check tells the page that it is in, once. */
export type CheckMessage =
  | { readonly kind: typeof CHECK_MESSAGE; readonly findings: readonly CheckFinding[] }
  | { readonly kind: typeof CHECK_MESSAGE; readonly failure: string };

/** A rule that something in a page breaks. */
export interface CheckFinding {
  /** The id of the rule: `image-alt`. */
  readonly rule: string;
  /** How much it keeps people from using the page. */
  readonly impact: CheckImpact | null;
  /** What the rule asks for, in one sentence of English. */
  readonly help: string;
  /** Where the rule is explained. */
  readonly helpUrl: string;
  readonly nodes: readonly CheckedNode[];
}

/** All impacts, the least first. */
export const CHECK_IMPACTS = ['minor', 'moderate', 'serious', 'critical'] as const;

/** One of {@link CHECK_IMPACTS}. */
export type CheckImpact = (typeof CHECK_IMPACTS)[number];

/** An element that breaks a rule. */
export interface CheckedNode {
  /** The id of the innermost widget that shows it; null for what belongs to the page around all of them. */
  readonly widget: string | null;
  /** The field that the element shows, where its template says so. */
  readonly field?: string;
  /** A selector of the element, for people. */
  readonly target: string;
  /** What is to be mended, as axe says it. */
  readonly summary: string;
}

/**
 * Reads what was posted by the frame of a check; undefined for anything else. Whoever listens looks at `source` and `origin` of the event
 * first: any page may post anything.
 */
export function readCheckMessage(data: unknown): CheckMessage | undefined {
  if (!isPlainObject(data) || data.kind !== CHECK_MESSAGE) return undefined;
  const { kind, findings, failure } = data;
  if (typeof failure === 'string') return { kind, failure };
  const read = readAll(findings, readFinding);
  return read && { kind, findings: read };
}

function readFinding(value: unknown): CheckFinding | undefined {
  if (!isPlainObject(value)) return undefined;
  const { rule, impact, help, helpUrl, nodes } = value;
  const read = readAll(nodes, readNode);
  if (typeof rule !== 'string' || typeof help !== 'string' || typeof helpUrl !== 'string') return undefined;
  return read && { rule, impact: readImpact(impact), help, helpUrl, nodes: read };
}

function readNode(value: unknown): CheckedNode | undefined {
  if (!isPlainObject(value)) return undefined;
  const { widget, field, target, summary } = value;
  if (typeof target !== 'string' || typeof summary !== 'string') return undefined;
  return {
    widget: typeof widget === 'string' ? widget : null,
    ...(typeof field === 'string' ? { field } : {}),
    ...{ target, summary },
  };
}

/** The impact of that name; null for any other value. */
export function readImpact(value: unknown): CheckImpact | null {
  return CHECK_IMPACTS.find((impact) => impact === value) ?? null;
}

function readAll<T>(values: unknown, read: (value: unknown) => T | undefined): readonly T[] | undefined {
  if (!Array.isArray(values)) return undefined;
  const all: T[] = [];
  for (const value of values) {
    const one = read(value);
    if (one === undefined) return undefined;
    all.push(one);
  }
  return all;
}
