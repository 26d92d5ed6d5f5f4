/** A piece of a page, as each contender is given it: 60 of them make a page. */
export type Piece =
  | { readonly kind: 'text'; readonly paragraphs: readonly string[] }
  | { readonly kind: 'image'; readonly src: string; readonly alt: string }
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'button'; readonly text: string; readonly url: string }
  | { readonly kind: 'columns'; readonly left: readonly Piece[]; readonly right: readonly Piece[] }
  | {
      readonly kind: 'accordion';
      readonly items: readonly { readonly title: string; readonly text: string }[];
    };

/** A page of the benchmark. */
export interface PageContent {
  readonly slug: string;
  readonly title: string;
  readonly isInMenu: boolean;
  readonly sections: readonly (readonly Piece[])[];
}

/** Pages that are asked for in turn, and how many of them the navigation has. */
export const PAGES = 10;
const IN_MENU = 8;
const SECTIONS = 6;

/** What the HTML of every contender must have, so that all of them show the same page. */
export const COUNTS: readonly (readonly [what: string, pattern: RegExp, count: number])[] = [
  ['paragraphs', /<p>/g, 66],
  ['pictures', /<img\b[^>]*\bsrc="\/pictures\//g, 12],
  ['headings', /<h2\b/g, 6],
  ['items of accordions', /<details\b/g, 18],
  ['columns', /class="column"/g, 12],
  ['sections', /<section\b/g, 6],
  ['buttons', /<a\b[^>]*\bhref="\/buttons\//g, 6],
  ['entries of the navigation', /<a\b[^>]*\bhref="(?:http:\/\/[^/"]+)?\/page-\d+"/g, IN_MENU],
];

/** What is wrong with the HTML of a page; undefined where it has all that it must have, and as often. */
export function checkPage(html: string): string | undefined {
  for (const [what, pattern, count] of COUNTS) {
    const found = html.match(pattern)?.length ?? 0;
    if (found !== count) return `${found} ${what} in the place of ${count}`;
  }
  return undefined;
}

/** The addresses of all pages. */
export const pagePaths: readonly string[] = Array.from({ length: PAGES }, (_, index) => `/page-${index + 1}`);

/** So many words, the same ones each time. */
export function words(count: number): string {
  return wordsFrom(1).sentence(count);
}

/** All pages. Each has texts of its own, and the same ones in every run. */
export function benchPages(): readonly PageContent[] {
  return Array.from({ length: PAGES }, (_, index) => {
    const text = wordsFrom(index + 1);
    return {
      slug: `page-${index + 1}`,
      title: text.sentence(4),
      isInMenu: index < IN_MENU,
      sections: Array.from({ length: SECTIONS }, () => section(text)),
    };
  });
}

/** Ten pieces: four texts, two pictures, and one each of the other kinds. Four of them stand in the columns. */
function section(words: Words): readonly Piece[] {
  const text = (): Piece => ({ kind: 'text', paragraphs: [words.sentence(100), words.sentence(70)] });
  const image = (): Piece => ({
    kind: 'image',
    src: `/pictures/${words.number(1000)}.webp`,
    alt: words.sentence(5),
  });
  const item = () => ({ title: words.sentence(4), text: words.sentence(40) });
  return [
    { kind: 'heading', text: words.sentence(4) },
    text(),
    { kind: 'columns', left: [text(), image()], right: [image(), text()] },
    { kind: 'accordion', items: [item(), item(), item()] },
    text(),
    { kind: 'button', text: words.sentence(2), url: `/buttons/${words.number(1000)}` },
  ];
}

/** Makes words that depend on nothing but a seed. */
interface Words {
  readonly number: (below: number) => number;
  readonly sentence: (words: number) => string;
}

const VOCABULARY =
  'a boat on the river that nobody has rowed since spring lies in the reeds where herons wait for fish and water is still'.split(
    ' ',
  );

function wordsFrom(seed: number): Words {
  let state = seed;
  const number = (below: number) => {
    // The generator of Park and Miller: small, and the same everywhere.
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
  return {
    number,
    sentence(count) {
      const text = Array.from({ length: count }, () => VOCABULARY[number(VOCABULARY.length)]).join(' ');
      return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
    },
  };
}
