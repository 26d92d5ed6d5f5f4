/** Types that are offered first since they were added last. */
export const MAX_RECENT = 5;

/** Where this browser keeps them, for all pages of a site. */
export const RECENT_KEY = 'widgy-recent-types';

/** The types that were added last, the newest first, with one more. */
export function withRecent(recent: readonly string[], type: string): readonly string[] {
  return [type, ...recent.filter((each) => each !== type)].slice(0, MAX_RECENT);
}

/** Reads what was kept; nothing where that is not what was written. */
export function parseRecent(text: string | null): readonly string[] {
  try {
    const value: unknown = JSON.parse(text ?? '[]');
    if (!Array.isArray(value)) return [];
    return value.filter((each) => typeof each === 'string').slice(0, MAX_RECENT);
  } catch {
    // It is only a convenience: whatever else stands there is written over.
    return [];
  }
}

/** Where texts are kept, as `localStorage`. */
export type KeptTexts = Pick<Storage, 'getItem' | 'setItem'>;

/** The types that were added last in this browser. */
export function readRecent(kept: KeptTexts | undefined): readonly string[] {
  return parseRecent(kept?.getItem(RECENT_KEY) ?? null);
}

/** Remembers that a type was added. */
export function keepRecent(kept: KeptTexts | undefined, type: string): void {
  try {
    kept?.setItem(RECENT_KEY, JSON.stringify(withRecent(readRecent(kept), type)));
  } catch {
    // No room, or a browser that keeps nothing: then nothing is recent.
  }
}

/** What this browser keeps texts in; undefined where it lets nobody. */
export function browserTexts(): KeptTexts | undefined {
  try {
    return localStorage;
  } catch {
    // Browsers throw for merely naming it where storage is switched off.
    return undefined;
  }
}
