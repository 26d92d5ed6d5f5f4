/** @jsxImportSource preact */
import type { Editor } from '@tiptap/core';
import type { TargetedEvent } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { useOneStop } from '../parts/one-stop.ts';
import type { Words } from '../words/index.ts';
import type { ControlProps } from './control.ts';
import { RichTextLink } from './rich-text-link.tsx';
import { Sign, type SignName } from './rich-text-signs.tsx';

/** Something that a button of the toolbar does. */
interface Tool {
  readonly name: string;
  /** What the button shows. */
  readonly sign: SignName;
  readonly isOn?: boolean;
  readonly isOff?: boolean;
  readonly run: () => void;
}

/** The levels of headings that are offered: the first belongs to the title of the page. */
const LEVELS = [2, 3, 4] as const;

/** The tools of rich text: one stop of the Tab key, with arrows between them. */
export function RichTextToolbar({
  editor,
  onHtml,
  ...props
}: ControlProps & { readonly editor: Editor; readonly onHtml: () => void }) {
  const { field, id, place } = props;
  const { words } = place.session;
  const bar = useRef<HTMLDivElement>(null);
  const oneStop = useOneStop(bar);
  const [hasLink, setLink] = useState(false);
  const tools = toolsOf(editor, words, hasLink, () => setLink(!hasLink), onHtml);
  return (
    <>
      <div
        ref={bar}
        class="form-tools"
        role="toolbar"
        aria-label={words.text.toolbar({ field: field.label })}
        aria-controls={id}
        {...oneStop}
      >
        <select
          aria-label={words.text.style}
          value={styleOf(editor)}
          onChange={({ currentTarget: { value } }: TargetedEvent<HTMLSelectElement>) => {
            setStyle(editor, value);
          }}
        >
          <option value="paragraph">{words.text.paragraph}</option>
          {levelsOf(editor).map((level) => (
            <option key={level} value={`h${level}`}>
              {words.text.heading({ level })}
            </option>
          ))}
          <option value="code">{words.text.codeBlock}</option>
        </select>
        {tools.map(({ name, sign, isOn, isOff = false, run }) => (
          <button
            key={name}
            type="button"
            title={name}
            aria-label={name}
            aria-pressed={isOn}
            // One that is off keeps the focus that is on it.
            aria-disabled={isOff}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => {
              if (!isOff) run();
            }}
          >
            <Sign name={sign} />
          </button>
        ))}
      </div>
      {hasLink ? <RichTextLink {...props} editor={editor} onClose={() => setLink(false)} /> : null}
    </>
  );
}

function levelsOf(editor: Editor): readonly number[] {
  const level: unknown = editor.getAttributes('heading').level;
  const isOther =
    typeof level === 'number' && editor.isActive('heading') && !LEVELS.some((each) => each === level);
  return isOther ? [level, ...LEVELS].sort() : LEVELS;
}

function styleOf(editor: Editor): string {
  if (editor.isActive('codeBlock')) return 'code';
  return editor.isActive('heading') ? `h${editor.getAttributes('heading').level}` : 'paragraph';
}

function setStyle(editor: Editor, value: string): void {
  const chain = editor.chain().focus();
  const level = ([1, 2, 3, 4, 5, 6] as const).find((each) => value === `h${each}`);
  if (value === 'code') chain.setCodeBlock().run();
  else if (level === undefined) chain.setParagraph().run();
  else chain.setHeading({ level }).run();
}

function toolsOf(
  editor: Editor,
  { text: words }: Words,
  hasLink: boolean,
  openLink: () => void,
  onHtml: () => void,
): readonly Tool[] {
  const chain = () => editor.chain().focus();
  return [
    { name: words.bold, sign: 'B', isOn: editor.isActive('bold'), run: () => chain().toggleBold().run() },
    {
      name: words.italic,
      sign: 'I',
      isOn: editor.isActive('italic'),
      run: () => chain().toggleItalic().run(),
    },
    {
      name: words.strike,
      sign: 'S',
      isOn: editor.isActive('strike'),
      run: () => chain().toggleStrike().run(),
    },
    { name: words.code, sign: '‹›', isOn: editor.isActive('code'), run: () => chain().toggleCode().run() },
    { name: words.link, sign: 'link', isOn: hasLink || editor.isActive('link'), run: openLink },
    {
      name: words.bulletList,
      sign: 'bullets',
      isOn: editor.isActive('bulletList'),
      run: () => chain().toggleBulletList().run(),
    },
    {
      name: words.numberedList,
      sign: 'numbers',
      isOn: editor.isActive('orderedList'),
      run: () => chain().toggleOrderedList().run(),
    },
    {
      name: words.quote,
      sign: 'quote',
      isOn: editor.isActive('blockquote'),
      run: () => chain().toggleBlockquote().run(),
    },
    { name: words.rule, sign: 'rule', run: () => chain().setHorizontalRule().run() },
    { name: words.clear, sign: 'clear', run: () => chain().unsetAllMarks().clearNodes().run() },
    { name: words.undo, sign: 'undo', isOff: !editor.can().undo(), run: () => chain().undo().run() },
    { name: words.redo, sign: 'redo', isOff: !editor.can().redo(), run: () => chain().redo().run() },
    { name: words.asHtml, sign: 'HTML', run: onHtml },
  ];
}
