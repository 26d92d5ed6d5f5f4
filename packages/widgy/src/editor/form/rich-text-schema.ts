import { Extension, type Extensions, Mark, Node as TextNode } from '@tiptap/core';
import { StarterKit } from '@tiptap/starter-kit';
import { isLinkUrl } from '../../widgets/fields/reference.ts';
import { isElement } from '../parts/nodes.ts';
import { bodyOf } from './rich-text-blocks.ts';
import { allowedAttributes, withoutForeign } from './rich-text-clean.ts';
import { markupOf } from './rich-text-markup.ts';

/** Elements inside lines that have no button here, and stay as they are. */
const INLINE_TAGS = [
  ...['sub', 'sup', 'small', 'mark', 'abbr', 'cite', 'q', 'kbd', 'samp', 'var', 'time', 'bdi', 'bdo'],
  ...['del', 'ins', 'span[lang]', 'span[dir]'],
];

/** Elements that are shown as they are, and are edited as HTML only. */
const KEPT_BLOCKS = ['table', 'figure', 'dl', 'pre:not(:has(> code:only-child))'];
const KEPT_INLINE = ['img', 'ruby'];

/** Before what else reads an element, which is at 50. */
const FIRST = 60;

/** An element inside a line, whichever it is. */
const InlineElement = Mark.create({
  name: 'inlineElement',
  // Several may be around the same words.
  excludes: '',
  priority: 1_100,
  addAttributes: () => ({
    tag: { default: 'span', rendered: false, parseHTML: (element: HTMLElement) => element.localName },
    kept: {
      default: '{}',
      rendered: false,
      parseHTML: (element: HTMLElement) => JSON.stringify(allowedAttributes(element)),
    },
  }),
  parseHTML: () => INLINE_TAGS.map((tag) => ({ tag, priority: FIRST })),
  renderHTML: ({ mark }) => [String(mark.attrs.tag), JSON.parse(String(mark.attrs.kept)), 0],
});

/** An element that stays as it is with all in it. */
function keptElement(name: string, group: 'block' | 'inline', tags: readonly string[]) {
  return TextNode.create({
    name,
    group,
    inline: group === 'inline',
    atom: true,
    selectable: true,
    draggable: true,
    // After paragraphs: the first block there is is what an empty text is made of.
    priority: 50,
    addAttributes: () => ({
      markup: {
        default: '',
        rendered: false,
        parseHTML: (element: HTMLElement) => keptMarkup(element),
      },
    }),
    parseHTML: () => tags.map((tag) => ({ tag, priority: FIRST })),
    renderHTML: ({ node }) => elementOf(String(node.attrs.markup)),
    addNodeView: () => {
      return ({ node }) => {
        const dom = document.createElement(group === 'inline' ? 'span' : 'div');
        dom.className = 'form-kept';
        dom.contentEditable = 'false';
        dom.append(document.importNode(shownElement(String(node.attrs.markup)), true));
        return { dom };
      };
    },
  });
}

function keptMarkup(element: Element): string {
  // In the page of the editor pictures would be loaded.
  const copy = element.ownerDocument.createElement('div');
  copy.append(element.cloneNode(true));
  return markupOf(copy);
}

/** The element that markup is, in a document of its own, where nothing is loaded. */
function elementOf(markup: string): HTMLElement {
  return firstIn(bodyOf(markup));
}

function firstIn(body: HTMLElement): HTMLElement {
  const [first] = body.children;
  return first instanceof HTMLElement ? first : body.ownerDocument.createElement('span');
}

/** Pictures of the site have no address here: their text stands for them. */
function shownElement(markup: string): HTMLElement {
  const body = bodyOf(markup);
  withoutForeign(body);
  const element = firstIn(body);
  for (const image of [element, ...element.querySelectorAll('img')]) {
    if (!(image instanceof HTMLImageElement) || !image.getAttribute('src')?.startsWith('widgy:')) continue;
    const text = document.createElement('span');
    text.className = 'form-picture-text';
    text.textContent = `[${image.alt}]`;
    if (image === element) return text;
    image.replaceWith(text);
  }
  return element;
}

/** Attributes that elements may have beside those that editing knows of. */
const KeptAttributes = Extension.create({
  name: 'keptAttributes',
  addGlobalAttributes: () => [
    ...attributesOf(BLOCK_TYPES, 'lang', 'dir'),
    ...attributesOf(['bold', 'italic', 'strike', 'underline', 'code'], 'lang', 'dir'),
    ...attributesOf(['link'], 'title', 'hreflang', 'lang', 'dir'),
    ...attributesOf(['orderedList'], 'reversed'),
    ...attributesOf(['listItem'], 'value'),
    {
      types: ['listItem'],
      attributes: {
        // Whether its words stand in a paragraph of their own.
        loose: {
          default: null,
          keepOnSplit: true,
          parseHTML: (element: HTMLElement) => ([...element.children].some(isParagraph) ? '' : null),
          renderHTML: ({ loose }: { readonly loose?: unknown }) => (loose === '' ? { 'data-loose': '' } : {}),
        },
      },
    },
  ],
});

const BLOCK_TYPES = [
  'paragraph',
  'heading',
  'bulletList',
  'orderedList',
  'listItem',
  'blockquote',
  'codeBlock',
];

function isParagraph(element: Element): boolean {
  return isElement(element) && element.localName === 'p';
}

function attributesOf(types: readonly string[], ...names: readonly string[]) {
  return names.map((name) => ({
    types: [...types],
    attributes: {
      [name]: {
        default: null,
        parseHTML: (element: HTMLElement) => element.getAttribute(name),
        renderHTML: (values: Readonly<Record<string, unknown>>) =>
          typeof values[name] === 'string' ? { [name]: values[name] } : {},
      },
    },
  }));
}

/** What rich text is made of here. Everything that the server keeps has a place in it. */
export function richTextExtensions(): Extensions {
  return [
    StarterKit.configure({
      // It would put an empty paragraph at the end of what somebody wrote.
      trailingNode: false,
      link: {
        openOnClick: false,
        autolink: false,
        linkOnPaste: true,
        defaultProtocol: 'https',
        HTMLAttributes: { target: null, rel: null, class: null },
        isAllowedUri: (url) => isLinkUrl(url),
      },
      heading: { levels: [1, 2, 3, 4, 5, 6] },
      codeBlock: { HTMLAttributes: {} },
    }),
    InlineElement,
    keptElement('keptBlock', 'block', KEPT_BLOCKS),
    keptElement('keptInline', 'inline', KEPT_INLINE),
    KeptAttributes,
  ];
}
