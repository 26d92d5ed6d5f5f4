import type { RefObject, TargetedFocusEvent, TargetedKeyboardEvent } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

/** What a bar of tools is given. */
export interface OneStop {
  readonly onKeyDown: (event: TargetedKeyboardEvent<HTMLElement>) => void;
  readonly onFocusIn: (event: TargetedFocusEvent<HTMLElement>) => void;
}

/**
 * Makes a bar of tools one stop of the Tab key, with the arrows, Home and End between them:
 * https://www.w3.org/WAI/ARIA/apg/patterns/toolbar/. Tab leads back to the tool that had the focus last.
 */
export function useOneStop(bar: RefObject<HTMLElement | null>): OneStop {
  const at = useRef(0);
  const stops = () => [...(bar.current?.querySelectorAll<HTMLElement>('select, button, a[href]') ?? [])];
  const mark = () => {
    const all = stops();
    const now = Math.min(at.current, all.length - 1);
    for (const [index, stop] of all.entries()) stop.tabIndex = index === now ? 0 : -1;
  };
  // Tools come and go.
  useLayoutEffect(mark);
  return {
    onFocusIn({ target }) {
      const found = target instanceof HTMLElement ? stops().indexOf(target) : -1;
      if (found < 0) return;
      at.current = found;
      mark();
    },
    onKeyDown(event) {
      const { key, target } = event;
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      // Other keys choose in a list of choices.
      if (target instanceof HTMLSelectElement && key !== 'ArrowLeft' && key !== 'ArrowRight') return;
      const all = stops();
      const to = nextStop(key, at.current, all.length);
      if (to === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      all[to]?.focus();
    },
  };
}

function nextStop(key: string, at: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowRight':
      return (at + 1) % count;
    case 'ArrowLeft':
      return (at - 1 + count) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}
