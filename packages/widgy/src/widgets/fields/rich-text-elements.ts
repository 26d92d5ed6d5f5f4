/** The elements that rich text may have: what text is made of, pictures and tables. Nothing that loads, runs or asks for input. */
export const RICH_TEXT_ELEMENTS: readonly string[] = [
  ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'p', 'hr', 'br', 'blockquote', 'pre'],
  ...['ul', 'ol', 'li', 'dl', 'dt', 'dd', 'figure', 'figcaption', 'img', 'a'],
  ...['strong', 'b', 'em', 'i', 'u', 's', 'del', 'ins', 'sub', 'sup', 'small', 'mark', 'abbr', 'cite', 'q'],
  ...['code', 'kbd', 'samp', 'var', 'time', 'span', 'bdi', 'bdo', 'ruby', 'rt', 'rp'],
  ...['table', 'caption', 'thead', 'tbody', 'tfoot', 'tr', 'th', 'td', 'colgroup', 'col'],
];

/**
 * The attributes that they may have. Languages and directions are needed wherever a text has a part in another language. There is no
 * `style`, no `id`, which scripts of the page could take for their own, and no class but the language of code.
 */
export const RICH_TEXT_ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  '*': ['lang', 'dir'],
  a: ['href', 'title', 'hreflang'],
  img: ['src', 'alt', 'title', 'width', 'height'],
  ol: ['start', 'reversed', 'type'],
  li: ['value'],
  abbr: ['title'],
  time: ['datetime'],
  th: ['colspan', 'rowspan', 'scope'],
  td: ['colspan', 'rowspan'],
  colgroup: ['span'],
  col: ['span'],
};

/** Classes that may stand on an element: the language of code, and nothing else. */
export const RICH_TEXT_CODE_CLASS = /^language-[\w+#-]{1,40}$/;
