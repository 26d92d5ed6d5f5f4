/** @jsxImportSource preact */

import type { Editor } from '@tiptap/core';
import type { TargetedInputEvent } from 'preact';
import { useState } from 'preact/hooks';
import { isLinkUrl } from '../../widgets/fields/reference.ts';
import { isOfComposition } from '../commands/typing.ts';
import type { ControlProps } from './control.ts';
import { LinkSearch } from './link-search.tsx';

/** Makes a link of the words that are selected, or of the name of what it leads to; or changes and removes the link at the cursor. */
export function RichTextLink({
  editor,
  place,
  id,
  onClose,
}: ControlProps & { readonly editor: Editor; readonly onClose: () => void }) {
  const { session, memory } = place;
  const { words } = session;
  const current: unknown = editor.getAttributes('link').href;
  const [address, setAddress] = useState(typeof current === 'string' ? current : '');
  const isUsable = address.trim() !== '' && isLinkUrl(address.trim());
  const close = () => {
    onClose();
    editor.commands.focus();
  };
  const link = (href: string, name: string) => {
    const chain = editor.chain().focus().extendMarkRange('link');
    const { empty } = editor.state.selection;
    if (empty && !editor.isActive('link'))
      chain.insertContent({ type: 'text', text: name, marks: [{ type: 'link', attrs: { href } }] }).run();
    else chain.setLink({ href }).run();
    onClose();
  };
  return (
    <div class="form-link-panel">
      <LinkSearch
        session={session}
        takes={undefined}
        label={words.form.searchLink}
        onChoose={({ reference, label, picture }) => {
          memory.labels.set(reference, { label, picture });
          link(reference, label);
        }}
        onClose={close}
      />
      <label for={`${id}-link`}>{words.text.linkAddress}</label>
      <div class="form-row">
        <input
          id={`${id}-link`}
          class="form-input"
          type="text"
          inputMode="url"
          spellcheck={false}
          value={address}
          placeholder="https://…"
          aria-invalid={address.trim() !== '' && !isUsable ? 'true' : undefined}
          onInput={({ currentTarget: { value } }: TargetedInputEvent<HTMLInputElement>) => setAddress(value)}
          onKeyDown={(event) => {
            if (isOfComposition(event)) return;
            if (event.key === 'Enter' && isUsable) link(address.trim(), address.trim());
            else if (event.key === 'Escape') close();
            else return;
            event.preventDefault();
            event.stopPropagation();
          }}
        />
        <button type="button" disabled={!isUsable} onClick={() => link(address.trim(), address.trim())}>
          {words.text.link}
        </button>
        {editor.isActive('link') ? (
          <button
            type="button"
            onClick={() => {
              editor.chain().focus().extendMarkRange('link').unsetLink().run();
              onClose();
            }}
          >
            {words.text.removeLink}
          </button>
        ) : null}
      </div>
    </div>
  );
}
