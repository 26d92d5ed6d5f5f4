import { parseDocument } from 'htmlparser2';

type Node = ReturnType<typeof parseDocument>['children'][number];

/** An element of a page that was printed. */
export interface Element {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
  readonly children: readonly Element[];
}

/** Reads HTML as a browser does, apart from what the forms here never have. */
export function elementsOf(markup: string): readonly Element[] {
  return parseDocument(markup).children.flatMap(elementOf);
}

function elementOf(node: Node): readonly Element[] {
  if (!('children' in node) || !('attribs' in node)) return [];
  const { name: tag, attribs: attributes } = node;
  return [{ tag, attributes, text: textIn(node), children: node.children.flatMap(elementOf) }];
}

function textIn(node: Node): string {
  if ('data' in node && node.type === 'text') return node.data;
  return 'children' in node ? node.children.map(textIn).join('') : '';
}

/** All elements of a page, each before those in it. */
export function allElements(markup: string): readonly Element[] {
  const deep = (element: Element): readonly Element[] => [element, ...element.children.flatMap(deep)];
  return elementsOf(markup).flatMap(deep);
}

/** What a browser sends for a form as it was printed (HTML Standard, 4.10.21.4), with one of its buttons pressed. */
export function submissionOf(markup: string, pressed?: string): (readonly [string, string])[] {
  return allElements(markup).flatMap((element): (readonly [string, string])[] => {
    const { tag, attributes, text, children } = element;
    const { name, value = '', type } = attributes;
    if (name === undefined) return [];
    switch (tag) {
      case 'input':
        if ((type === 'checkbox' || type === 'radio') && attributes.checked === undefined) return [];
        // Browsers take line ends out of the values of inputs.
        return [[name, value.replace(/[\r\n]/g, '')]];
      case 'textarea':
        return [[name, text.replace(/^\n/, '').replace(/\n/g, '\r\n')]];
      case 'select': {
        const options = children
          .flatMap((child) => (child.tag === 'optgroup' ? child.children : [child]))
          .filter((child) => child.tag === 'option');
        const chosen = options.findLast((option) => option.attributes.selected !== undefined) ?? options[0];
        return chosen === undefined ? [] : [[name, chosen.attributes.value ?? chosen.text]];
      }
      case 'button':
        return value === pressed && value !== '' ? [[name, value]] : [];
      default:
        return [];
    }
  });
}
