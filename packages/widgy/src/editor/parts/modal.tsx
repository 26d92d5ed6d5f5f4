/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import type { Words } from '../words/index.ts';
import { Icon } from './icon.tsx';
import { keepFocus } from './keep-focus.ts';

/** What stands in front of everything. */
export interface ModalProps {
  readonly words: Words;
  readonly title: string;
  /** For its style. */
  readonly name: string;
  /** Is told when it was closed, in whatever way: then nothing should show it any more. */
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

/** A window in front of everything: the rest is out of reach until it is closed, and has the focus again then, where it had it. */
export function Modal({ words, title, name, onClose, children }: ModalProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const before = document.activeElement;
    const own = dialog.current;
    own?.showModal();
    const title = own?.querySelector<HTMLElement>('h2');
    const end = own && title ? keepFocus(own, title) : undefined;
    return () => {
      end?.();
      const active = document.activeElement;
      // What somebody was led to keeps the focus.
      const isLeft = own?.contains(active) === true || active === document.body || active === before;
      if (!isLeft || !(before instanceof HTMLElement) || !before.isConnected) return;
      // The browser gives it the focus again by itself, but a text field then takes nothing that is typed (Chromium).
      before.blur();
      before.focus();
    };
  }, []);
  return (
    <dialog ref={dialog} class={`modal modal-${name}`} aria-labelledby={heading} onClose={onClose}>
      <div class="modal-head">
        <h2 id={heading}>{title}</h2>
        <button
          type="button"
          class="tool"
          aria-label={words.app.close}
          title={words.app.close}
          onClick={() => dialog.current?.close()}
        >
          <Icon name="close" />
        </button>
      </div>
      <div class="modal-body">{children}</div>
    </dialog>
  );
}
