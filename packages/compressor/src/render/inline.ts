import { type ESTree, parse, Visitor } from 'rolldown/utils';
import { CompressorError } from '../errors.ts';
import { type CodeGoal, type Goal, isOwnGoal } from '../recipe/recipe.ts';
import { type Piece, URL_GAP } from './tag-text.ts';

/**
 * The text of a bundle as it stands in a page. That of a kind of the site is left as it is: only the kind knows what it will
 * stand in.
 *
 * @param references names of artifacts that it refers to
 * @param folder what comes between the prefix of URLs and those names
 */
export async function inlineText(
  goal: Goal,
  text: string,
  references: readonly string[],
  folder: string,
): Promise<Piece[]> {
  if (isOwnGoal(goal)) return [text];
  return absoluteReferences(await escapeInline(goal, text), references, folder);
}

/**
 * The text of a bundle as it may stand inside its element: whatever could close the element, or open a comment that changes
 * how the rest is read (HTML Standard, 4.12.1.3), is written another way with the same meaning. `<script` alone does
 * neither.
 *
 * @throws CompressorError `script-syntax` for a script in which that is not possible
 */
export async function escapeInline(goal: CodeGoal, text: string): Promise<string> {
  if (goal === 'style') return text.replace(/<\/(?=style)/gi, '<\\/');
  if (text.search(DANGEROUS) === -1) return text;
  const sourceType = goal === 'module' ? 'module' : 'script';
  const { program, comments, errors } = await parse('inline.js', text, { sourceType, lang: 'js' });
  if (errors.length > 0) throw notEscapable();
  const spans = [
    ...comments.map(({ start, end }): Span => ({ start, end, type: 'comment' })),
    ...spansOf(program),
  ];
  let escaped = '';
  let done = 0;
  for (const { index } of text.matchAll(DANGEROUS)) {
    const span = spans.find(({ start, end }) => start <= index && index < end);
    const { from, to, replacement } = rewrite(text, index, span);
    escaped += text.slice(done, from) + replacement;
    done = to;
  }
  return escaped + text.slice(done);
}

const DANGEROUS = /<(?:!--|\/script)/gi;

/** A stretch of a script that is no code. */
interface Span {
  readonly start: number;
  readonly end: number;
  readonly type: 'string' | 'tagged' | 'regexp' | 'comment';
}

/** Strings, templates and regular expressions. Those that a function sees as they are written are `tagged`. */
function spansOf(program: ESTree.Program): Span[] {
  const spans: Span[] = [];
  const tagged = new Set<ESTree.TemplateElement>();
  new Visitor({
    Literal({ start, end, ...literal }) {
      if ('regex' in literal) spans.push({ start, end, type: 'regexp' });
      else if (typeof literal.value === 'string') spans.push({ start, end, type: 'string' });
    },
    TaggedTemplateExpression({ quasi }) {
      for (const element of quasi.quasis) tagged.add(element);
    },
    TemplateElement(element) {
      const { start, end } = element;
      spans.push({ start, end, type: tagged.has(element) ? 'tagged' : 'string' });
    },
  }).visit(program);
  return spans;
}

/** Replaces the `<` at an index by something that means the same there. */
function rewrite(
  text: string,
  index: number,
  span: Span | undefined,
): { from: number; to: number; replacement: string } {
  // An operator.
  if (span === undefined) return { from: index, to: index + 1, replacement: '< ' };
  // In classic scripts "<!--" begins a comment, as "//" does.
  if (span.type === 'comment' && span.start === index)
    return { from: index, to: index + 4, replacement: '//' };
  const isLookBehind = span.type === 'regexp' && text.slice(index - 2, index) === '(?';
  if (span.type === 'tagged' || isLookBehind) throw notEscapable();
  const backslashes = /\\*$/.exec(text.slice(span.start, index))?.[0].length ?? 0;
  return { from: index - (backslashes % 2), to: index + 1, replacement: '\\x3C' };
}

function notEscapable(): CompressorError {
  return new CompressorError('script-syntax', {
    message:
      'the script holds "<!--" or "</script" where it cannot be written otherwise (in a tagged template or a look-behind)',
    help: 'Use the mode file for this block, or put the text together from two pieces.',
  });
}

/**
 * Makes references to files beside a bundle absolute, because inside a page they would be relative to the page.
 *
 * @param names content-addressed names of those files
 * @param folder where they are below the prefix that all URLs of bundles share: nothing, or a folder with a slash
 */
export function absoluteReferences(text: string, names: readonly string[], folder: string): Piece[] {
  if (names.length === 0) return [text];
  const reference = new RegExp(`(?:\\./)?(${names.map((name) => RegExp.escape(name)).join('|')})`);
  // Splitting at a pattern with one group gives texts and what the group matched, in turn.
  return text
    .split(reference)
    .flatMap((part, index): Piece[] => (index % 2 === 0 ? [part] : [URL_GAP, folder + part]));
}
