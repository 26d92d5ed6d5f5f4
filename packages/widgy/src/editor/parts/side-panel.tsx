/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import type { Words } from '../words/index.ts';
import { Icon } from './icon.tsx';
import { keepFocus } from './keep-focus.ts';

/** What stands beside the page. */
export interface SidePanelProps {
  readonly words: Words;
  readonly title: string;
  /** For its style. */
  readonly name: string;
  /** What it stands in front of: the outline at the start, or the form at the end. What it is used with stays in reach. */
  readonly side: 'start' | 'end';
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

/**
 * A window in front of the outline or of the form, with the rest still in reach beside it. It has the focus when it opens, closes with Escape
 * while the focus is in it, and gives the focus back to where it was.
 */
export function SidePanel({ words, title, name, side, onClose, children }: SidePanelProps) {
  const panel = useRef<HTMLElement>(null);
  const heading = useId();
  // When it goes the focus is given back while it is still there: so it is nowhere else in between.
  useLayoutEffect(() => {
    const before = document.activeElement;
    const own = panel.current;
    const title = own?.querySelector<HTMLElement>('h2');
    title?.focus();
    const end = own && title ? keepFocus(own, title) : undefined;
    return () => {
      end?.();
      // What somebody went on to keeps the focus.
      const isLeft =
        own?.contains(document.activeElement) === true || document.activeElement === document.body;
      if (isLeft && before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <section
      ref={panel}
      class={`side-panel side-panel-${name}`}
      data-side={side}
      aria-labelledby={heading}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.stopPropagation();
        onClose();
      }}
    >
      <div class="side-panel-head">
        <h2 id={heading} tabIndex={-1}>
          {title}
        </h2>
        <button
          type="button"
          class="tool"
          aria-label={words.app.close}
          title={words.app.close}
          onClick={onClose}
        >
          <Icon name="close" />
        </button>
      </div>
      <div class="side-panel-body">{children}</div>
    </section>
  );
}
