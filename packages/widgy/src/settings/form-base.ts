import { hash } from 'node:crypto';
import type { Entry } from '../widgets/fields/form-state.ts';
import type { SubmittedEntries } from '../widgets/fields/read-submission.ts';

/**
 * What a control of a form was made from. It travels with the form, so that a control which nobody touched changes nothing, whatever
 * others do meanwhile, and one that was touched says what its author saw.
 */
export interface SettingBase {
  /** The revision that was shown. */
  readonly revision: number;
  /** A digest of what the control showed. That of a secret always shows nothing, so it says nothing of the secret. */
  readonly shown: string;
}

/** The base of a control that shows something. */
export function baseOf(revision: number, entry: Entry | undefined): SettingBase {
  return { revision, shown: digestOf(entry) };
}

/** Whether a control shows something else than it did. */
export function isTouched({ shown }: SettingBase, entry: Entry | undefined): boolean {
  return digestOf(entry) !== shown;
}

/** The name under which a form sends its bases. */
export function baseName(prefix: string): string {
  return `${prefix}._base`;
}

/** What is sent under {@link baseName} for one setting. */
export function formatBase(name: string, { revision, shown }: SettingBase): string {
  return `${name} ${revision} ${shown}`;
}

/** Reads the bases that were sent, by the names of settings. What no form of ours sends is none. */
export function readBases(entries: SubmittedEntries, prefix: string): ReadonlyMap<string, SettingBase> {
  const bases = new Map<string, SettingBase>();
  for (const [sent, value] of entries) {
    if (sent !== baseName(prefix) || typeof value !== 'string') continue;
    const [, name, revision, shown] = /^([\w.]{1,100}) (\d{1,15}) ([0-9a-f]{16})$/.exec(value) ?? [];
    if (name !== undefined && shown !== undefined) bases.set(name, { revision: Number(revision), shown });
  }
  return bases;
}

function digestOf(entry: Entry | undefined): string {
  return hash('sha256', JSON.stringify(entry ?? null)).slice(0, 16);
}
