import type { Unit } from './unit.ts';

/**
 * Whether a script declares no name for others, as far as that can be told without its syntax tree, which takes many times as
 * long to get. False where in doubt.
 *
 * A declaration for others stands at the top level or in a statement of the top level that holds statements; what functions,
 * classes and expressions declare is their own (ECMAScript, 16.1.4 to 16.1.7). Printed without comments, each statement of the
 * top level begins a line, and lines within one are indented or begin with what closes it. So a script declares nothing if
 * each line begins with an indentation, with a closing bracket, or as a statement that neither declares nor holds others.
 *
 * The answer is remembered with the unit.
 */
export function declaresNothing(unit: Unit): Promise<boolean> {
  const known = remembered.get(unit);
  if (known !== undefined) return known;
  const answer = readLines(unit.text);
  remembered.set(unit, answer);
  return answer;
}

const remembered = new WeakMap<Unit, Promise<boolean>>();

async function readLines(text: string): Promise<boolean> {
  // Line breaks in templates and strings are printed as they are. What follows them is no statement, so it is indented too.
  const indented = text.replaceAll('\n', '\n\t');
  const { minify } = await import('rolldown/utils');
  const { code, errors } = await minify('script.js', indented, {
    module: false,
    compress: false,
    mangle: false,
    codegen: { removeWhitespace: false, legalComments: 'none' },
  });
  return errors.length === 0 && !DOUBTFUL_LINE.test(code);
}

/** What may declare or hold what does: all statements that begin with a word of their own but those with an expression. */
const STATEMENT_WORDS =
  'async|await|class|const|do|else|enum|export|for|function|if|import|let|switch|try|using|var|while|with';

/**
 * Where an expression begins that cannot be taken for anything else: with a sign, or a word that neither begins another
 * statement nor is a label.
 */
const EXPRESSION = String.raw`[!"'(+;[\`~-]|(?!(?:${STATEMENT_WORDS})\b)[\w$]+(?:[(),.;[\`]|\?\.|\+\+|--| [^:])`;

const DOUBTFUL_LINE = new RegExp(String.raw`^(?!$|[\t)\]}]|${EXPRESSION})`, 'm');
