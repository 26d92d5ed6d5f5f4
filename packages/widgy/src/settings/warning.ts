import type { FieldError } from '../widgets/fields/field-error.ts';

/** What is wrong with a row of the database, though the site goes on. It never tells a value. */
export interface SettingWarning {
  /**
   * `setting-shadowed`: the file, or a setting that is not editable any more, has another value, which counts. `setting-misfit`: what is
   * kept does not fit the schema, so something else counts.
   */
  readonly code: 'setting-shadowed' | 'setting-misfit';
  readonly name: string;
  /** The revision of the row that it is about. */
  readonly revision: number;
  /** One sentence that names the setting. */
  readonly what: string;
  /** What does not fit; empty where that is not what is wrong. */
  readonly errors: readonly FieldError[];
}

/** The warnings of a store. */
export interface Warnings {
  /** Takes what a reading found. Those that the reading before did not find are told. */
  readonly found: (warnings: readonly SettingWarning[]) => void;
  /** What the last reading found. */
  readonly report: () => readonly SettingWarning[];
}

/** Makes the warnings of a store: each is told once, and again when the row was changed and is still wrong. */
export function createWarnings(onProblem: (warning: SettingWarning) => void): Warnings {
  let last: readonly SettingWarning[] = [];
  return {
    found(warnings) {
      const known = last;
      last = warnings;
      for (const warning of warnings)
        if (!known.some((other) => isSameWarning(warning, other))) onProblem(warning);
    },
    report: () => last,
  };
}

function isSameWarning(a: SettingWarning, b: SettingWarning): boolean {
  return a.code === b.code && a.name === b.name && a.revision === b.revision;
}
