import { type Joinable, joinable } from '../plan.ts';
import type { Declaration, ScriptNames } from '../script-names.ts';
import type { Unit } from '../unit.ts';

/** What was found out of a script, as it is kept. */
interface StoredNames {
  readonly declaresNothing: boolean | undefined;
  readonly names:
    | { readonly declared: readonly (readonly [string, Declaration])[]; readonly used: readonly string[] }
    | undefined;
}

/** A unit to be joined, which is loaded only for what was not found out earlier. */
export interface KeptJoinable extends Joinable {
  /** All that is known now, as text; undefined if that was kept before. */
  news(): string | undefined;
}

/**
 * @param kept what {@link KeptJoinable.news} gave in an earlier process
 * @param load loads the unit
 */
export function keptJoinable(
  traits: Pick<Unit, 'realm' | 'mustBeFirst'>,
  kept: string | undefined,
  load: () => Promise<Unit>,
): KeptJoinable {
  const stored: StoredNames | undefined = kept === undefined ? undefined : JSON.parse(kept);
  let declaresNothing = stored?.declaresNothing;
  let names: ScriptNames | undefined = stored?.names && {
    declared: new Map(stored.names.declared),
    used: new Set(stored.names.used),
  };
  let hasNews = false;
  return {
    ...traits,
    async declaresNothing() {
      if (declaresNothing === undefined) {
        declaresNothing = await joinable(await load()).declaresNothing();
        hasNews = true;
      }
      return declaresNothing;
    },
    async names() {
      if (names === undefined) {
        names = await joinable(await load()).names();
        hasNews = true;
      }
      return names;
    },
    news() {
      if (!hasNews) return undefined;
      const content: StoredNames = {
        declaresNothing,
        names: names && { declared: [...names.declared], used: [...names.used] },
      };
      return JSON.stringify(content);
    },
  };
}
