import lexer, { type Token, type Tokenizer } from 'nunjucks/src/lexer.js';
import nodes, { type FunCall, type NodeList } from 'nunjucks/src/nodes.js';
import type { Extension, Parser } from 'nunjucks/src/parser.js';
import { parseArguments, syntaxError, type TagHandlers } from '../engine.ts';
import type { Declarations } from './parse.ts';
import { type Position, placeAt } from './positions.ts';

/** The tags `{% compress %}` and `{% static %}`: they leave calls of functions of the compressor in the tree. */
export function tagExtension(
  declarations: Declarations,
  handlers: Pick<TagHandlers, 'kinds' | 'plainUrl' | 'known' | 'declared'>,
): Extension {
  /** The names of static files that the tags with a literal name show. */
  const literals = new Map<unknown, string>();
  return {
    tags: ['compress', 'static'],
    parse(parser) {
      const token = parser.nextToken();
      if (token === null) throw new Error('A tag begins with its name.');
      const start = declarations.findTag(token.lineno, token.colno);
      const parse = token.value === 'static' ? parseStatic : parseCompress;
      return parse(parser, start);
    },
  };

  function parseStatic(parser: Parser, start: Position) {
    const place = placeAt(declarations.file, start);
    const next = parser.peekToken();
    if (next === null || next.type === lexer.TOKEN_BLOCK_END) {
      const help = "Write {% static 'img/logo.svg' %}.";
      throw syntaxError('static needs the name of a file', place, help);
    }
    const name = parser.parseExpression();
    parser.advanceAfterBlockEnd('static');
    const call = declarations.call(start, { type: 'static', place, isTag: true }, name);
    if (name instanceof nodes.Literal && typeof name.value === 'string') literals.set(call, name.value);
    return output(start, call);
  }

  function parseCompress(parser: Parser, start: Position) {
    const place = placeAt(declarations.file, start);
    const given = parseArguments(wordsOf(parser), place, handlers.kinds);
    const begin = parser.tokens.index;
    const body = parser.parseUntilBlocks('endcompress');
    const endToken = parser.nextToken();
    if (endToken === null) throw syntaxError('the block is never closed', place, 'Add {% endcompress %}.');
    const end = declarations.findTag(endToken.lineno, endToken.colno).offset;
    parser.advanceAfterBlockEnd('endcompress');
    const constant = constantMarkup(body);
    const literal = constant === undefined ? {} : { literal: parser.tokens.str.slice(begin, end) };
    const block = { ...given, ...literal, place };
    const known = constant === undefined ? undefined : handlers.known?.({ ...block, markup: constant });
    const declared = { ...block, constant, known, body };
    const opened = declarations.call(start, { type: 'open', block: declared });
    const content = new nodes.Capture(start.lineno, start.colno, body);
    const call = declarations.call(start, { type: 'compress', block: declared }, opened, content);
    declarations.declare(call, declared);
    handlers.declared?.(place);
    return output(start, call);
  }

  /** The markup of a body that is plain text and `static` tags with a literal name; undefined for any other. */
  function constantMarkup(body: NodeList): string | undefined {
    let markup = '';
    for (const child of body.children.flatMap((one) =>
      one instanceof nodes.Output ? one.children : [one],
    )) {
      const name = literals.get(child);
      if (name !== undefined) markup += handlers.plainUrl(name);
      else if (child instanceof nodes.TemplateData) markup += String(child.value);
      else return undefined;
    }
    return markup;
  }
}

/** The words of a tag, up to its end. */
function wordsOf(parser: Parser): string {
  const { tokens }: { tokens: Tokenizer } = parser;
  const begin = tokens.index;
  let end = begin;
  let token: Token | null = parser.nextToken(true);
  while (token !== null && token.type !== lexer.TOKEN_BLOCK_END) {
    end = tokens.index;
    token = parser.nextToken(true);
  }
  if (token !== null) parser.pushToken(token);
  parser.advanceAfterBlockEnd('compress');
  return tokens.str.slice(begin, end);
}

function output({ lineno, colno }: Position, call: FunCall) {
  return new nodes.Output(lineno, colno, [call]);
}
