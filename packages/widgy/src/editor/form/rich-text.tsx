/** @jsxImportSource preact */
import { createDocument, Editor } from '@tiptap/core';
import { DOMSerializer, Fragment } from '@tiptap/pm/model';
import { EditorState, Selection } from '@tiptap/pm/state';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { type ControlProps, textOf, withoutUndefined } from './control.ts';
import { CodeControl } from './loaded-controls.tsx';
import { bodyOf } from './rich-text-blocks.ts';
import { cleanPasted } from './rich-text-clean.ts';
import { meaningOf, writtenMarkup } from './rich-text-markup.ts';
import { richTextExtensions } from './rich-text-schema.ts';
import { RichTextToolbar } from './rich-text-toolbar.tsx';

/**
 * Text with emphasis, headings, lists and links. A text in which there is something that would not stay as it is here is shown as HTML,
 * so that nothing is lost because somebody opened the form.
 */
export function RichText(props: ControlProps) {
  const { words } = props.place.session;
  const [isHtml, setHtml] = useState(false);
  const [isFaithful, setFaithful] = useState(true);
  if (!isHtml && isFaithful) {
    return <RichTextEditor {...props} onHtml={() => setHtml(true)} onUnfaithful={() => setFaithful(false)} />;
  }
  return (
    <>
      <CodeControl {...props} />
      {isFaithful ? (
        <button type="button" onClick={() => setHtml(false)}>
          {words.text.asText}
        </button>
      ) : (
        <p class="form-help">{words.text.notSupported}</p>
      )}
    </>
  );
}

function RichTextEditor(
  props: ControlProps & { readonly onHtml: () => void; readonly onUnfaithful: () => void },
) {
  const { id, labelId, entry, tied, onHtml } = props;
  const text = textOf(entry);
  const place = useRef<HTMLDivElement>(null);
  const latest = useRef(props);
  latest.current = props;
  /** What the editor holds, as the form knows it. */
  const held = useRef(text);
  const [editor, setEditor] = useState<Editor>();
  const [, setTick] = useState(0);

  useLayoutEffect(() => {
    if (place.current === null) return;
    const made = new Editor({
      element: place.current,
      extensions: richTextExtensions(),
      content: held.current,
      // The style sheet of the editor has what it would put into the page.
      injectCSS: false,
      editorProps: {
        attributes: () => attributesOf(latest.current),
        transformPastedHTML: cleanPasted,
        handleDOMEvents: {
          blur: () => {
            latest.current.onLeave();
          },
        },
      },
      onUpdate: ({ editor: changed }) => {
        held.current = markupIn(changed);
        latest.current.onEntry({ kind: 'text', text: held.current });
      },
      onTransaction: () => setTick((tick) => tick + 1),
    });
    if (meaningOf(bodyOf(markupIn(made))) !== meaningOf(bodyOf(held.current))) {
      made.destroy();
      latest.current.onUnfaithful();
      return;
    }
    setEditor(made);
    return () => made.destroy();
  }, []);

  // Before anybody can type on: what is typed next is news of the editor again.
  useLayoutEffect(() => {
    if (editor === undefined || text === held.current) return;
    held.current = text;
    takeIn(editor, text);
    if (meaningOf(bodyOf(markupIn(editor))) !== meaningOf(bodyOf(text))) latest.current.onUnfaithful();
  }, [editor, text]);

  useEffect(() => {
    // It asks for the attributes again.
    editor?.view.setProps({});
  }, [editor, id, labelId, tied['aria-describedby'], tied['aria-invalid']]);

  return (
    <div class="form-rich">
      {editor === undefined ? null : <RichTextToolbar {...props} editor={editor} onHtml={onHtml} />}
      <div ref={place} />
    </div>
  );
}

function attributesOf({ id, labelId, tied }: ControlProps): Record<string, string> {
  const values = {
    id,
    class: 'form-input form-prose',
    role: 'textbox',
    'aria-multiline': 'true',
    'aria-labelledby': labelId,
    spellcheck: 'true',
    ...tied,
  };
  return withoutUndefined(values);
}

/** The HTML of what an editor holds, as the server writes it. */
function markupIn({ state, schema }: Editor): string {
  return writtenMarkup(
    DOMSerializer.fromSchema(schema).serializeFragment(state.doc.content, { document: scratch() }),
  );
}

/** A document of its own for what is written: nothing that is made in it is loaded. */
function scratch(): Document {
  return document.implementation.createHTMLDocument('');
}

/**
 * Puts another text into an editor. What was typed into it before cannot be undone in it any more: that would take away what somebody else
 * wrote. It can still be undone as a step.
 */
function takeIn({ state, schema, view }: Editor, text: string): void {
  const doc = createDocument(text, schema);
  if (doc instanceof Fragment) return;
  const at = Math.min(state.selection.from, doc.content.size);
  const selection = Selection.near(doc.resolve(at));
  view.updateState(EditorState.create({ doc, selection, plugins: [...state.plugins] }));
}
