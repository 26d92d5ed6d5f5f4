/** @jsxImportSource preact */

import { html } from '@codemirror/lang-html';
import { markdown } from '@codemirror/lang-markdown';
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { Compartment, EditorState, type Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { minimalSetup } from 'codemirror';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { EDITOR_DATA_ID } from '../server/editor-data.ts';
import { type CodeLanguage, type ControlProps, codeLanguage, textOf, withoutUndefined } from './control.ts';

/** Text in a language that has one, with its parts in colours. Tab leaves it, as it leaves any other field. */
export function Code(props: ControlProps) {
  const { field, entry, tied, labelId, id } = props;
  const text = textOf(entry);
  const box = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | undefined>(undefined);
  const attributes = useRef(new Compartment());
  const latest = useRef(props);
  latest.current = props;
  const language = codeLanguage(field.kind) ?? 'html';
  const tiedTo = contentAttributes(id, labelId, tied);

  // The view is made once, and told of what changes below.
  useLayoutEffect(() => {
    if (box.current === null) return;
    const made = new EditorView({
      parent: box.current,
      state: EditorState.create({
        doc: text,
        extensions: [
          minimalSetup,
          languageOf(language),
          EditorView.lineWrapping,
          EditorView.cspNonce.of(document.getElementById(EDITOR_DATA_ID)?.nonce ?? ''),
          THEME,
          syntaxHighlighting(COLOURS),
          attributes.current.of(EditorView.contentAttributes.of(tiedTo)),
          EditorView.updateListener.of(({ docChanged, state }) => {
            if (docChanged && !isTold(state, latest.current))
              latest.current.onEntry({ kind: 'text', text: state.doc.toString() });
          }),
          EditorView.domEventHandlers({ blur: () => latest.current.onLeave() }),
        ],
      }),
    });
    view.current = made;
    return () => made.destroy();
  }, [language]);

  // Before anybody can type on: what is typed next is news of the editor again.
  useLayoutEffect(() => {
    const shown = view.current;
    if (shown === undefined || isTold(shown.state, latest.current)) return;
    shown.dispatch({ changes: { from: 0, to: shown.state.doc.length, insert: text } });
  }, [text]);

  const told = JSON.stringify(tiedTo);
  useEffect(() => {
    view.current?.dispatch({
      effects: attributes.current.reconfigure(EditorView.contentAttributes.of(tiedTo)),
    });
  }, [told]);

  return <div ref={box} class="form-input form-code" />;
}

/** Whether the form knows of the text of the editor already. */
function isTold(state: EditorState, { entryNow }: ControlProps): boolean {
  return state.doc.eq(state.toText(textOf(entryNow())));
}

function contentAttributes(
  id: string,
  labelId: string,
  tied: ControlProps['tied'],
): Readonly<Record<string, string>> {
  const values = { id, 'aria-labelledby': labelId, 'aria-multiline': 'true', ...tied };
  return withoutUndefined(values);
}

function languageOf(language: CodeLanguage): Extension {
  switch (language) {
    case 'html':
      return html({ autoCloseTags: false });
    case 'markdown':
      return markdown();
    case 'plain':
      return [];
  }
}

/** Everything is in the colours of the administration, which follow the reader's scheme. */
const THEME = EditorView.theme({
  '&': { color: 'var(--ink)', backgroundColor: 'transparent', maxHeight: '30rem' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mono)', fontSize: '0.875rem', lineHeight: '1.55', overflow: 'auto' },
  '.cm-content': { caretColor: 'var(--ink)', minHeight: '6rem', padding: '0.4375rem 0' },
  '.cm-cursor': { borderInlineStartColor: 'var(--ink)' },
  '.cm-selectionBackground, &.cm-focused .cm-selectionBackground, .cm-content ::selection': {
    backgroundColor: 'var(--blue-wash) !important',
  },
});

const COLOURS = HighlightStyle.define([
  { tag: [tags.heading, tags.strong], fontWeight: '700' },
  { tag: tags.emphasis, fontStyle: 'italic' },
  { tag: tags.strikethrough, textDecoration: 'line-through' },
  { tag: [tags.tagName, tags.keyword, tags.processingInstruction], color: 'var(--accent)' },
  { tag: [tags.attributeName, tags.propertyName, tags.labelName], color: 'var(--amber)' },
  { tag: [tags.attributeValue, tags.string, tags.url, tags.link], color: 'var(--blue)' },
  { tag: [tags.comment, tags.quote, tags.angleBracket, tags.contentSeparator], color: 'var(--muted)' },
  { tag: [tags.number, tags.bool, tags.invalid], color: 'var(--danger)' },
]);
