import { type ESTree, parse, Visitor } from 'rolldown/utils';
import { CompressorError } from '../errors.ts';
import type { CodeGoal } from '../recipe/recipe.ts';

/**
 * A script in which what stands at some places is written another way with the same meaning.
 *
 * @param found the indexes of each `<` that begins `<!--` or `</script`, in order
 * @throws CompressorError `script-syntax` where that is not possible
 */
export async function escapeScript(
  goal: Exclude<CodeGoal, 'style'>,
  text: string,
  found: readonly number[],
): Promise<string> {
  const sourceType = goal === 'module' ? 'module' : 'script';
  const { program, comments, errors } = await parse('inline.js', text, { sourceType, lang: 'js' });
  if (errors.length > 0) throw notEscapable();
  const spans = [
    ...comments.map(({ start, end }): Span => ({ start, end, type: 'comment' })),
    ...spansOf(program),
  ];
  let escaped = '';
  let done = 0;
  for (const index of found) {
    const span = spans.find(({ start, end }) => start <= index && index < end);
    const { from, to, replacement } = rewrite(text, index, span);
    escaped += text.slice(done, from) + replacement;
    done = to;
  }
  return escaped + text.slice(done);
}

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
