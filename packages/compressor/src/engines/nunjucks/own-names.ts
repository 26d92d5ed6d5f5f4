import type { Context, Environment } from 'nunjucks/src/environment.js';
import lib from 'nunjucks/src/lib.js';
import type { Frame } from 'nunjucks/src/runtime.js';
import runtime from 'nunjucks/src/runtime.js';
import { CompressorError } from '../../errors.ts';
import type { PageTags } from '../placeholder/page-tags.ts';
import type { DeclaredBlock, OwnName } from './parse.ts';
import type { CompressorTemplate } from './template.ts';

/** The function that a name of the compressor stands for where a template calls it. */
export function ownFunction(
  what: OwnName,
  template: CompressorTemplate,
  context: Context,
  frame: Frame,
  page: () => PageTags,
): (...given: unknown[]) => unknown {
  switch (what.type) {
    case 'open':
      return () => page().open(what.block.place);
    case 'compress':
      return (_opened, markup) => {
        page().close();
        return new runtime.SafeString(page().block(blockOf(what.block, String(markup)), what.block.known));
      };
    case 'static':
      return (given) => staticUrl(textOf(given), what, template.env, page());
    case 'template':
      return (name) => name;
    case 'super':
      return () => renderSuper(what.name, template, context, frame);
  }
}

function blockOf({ kind, mode, name, attributes, place, literal }: DeclaredBlock, markup: string) {
  return { kind, mode, name, attributes, place, markup, ...(literal !== undefined && { literal }) };
}

function staticUrl(
  name: string,
  { place, isTag }: Extract<OwnName, { type: 'static' }>,
  { opts }: Environment,
  page: PageTags,
): unknown {
  if (isTag) return new runtime.SafeString(page.staticUrl(name, place));
  return page.staticUrl(name, place, opts.autoescape ? lib.escape : undefined);
}

function renderSuper(name: string, template: CompressorTemplate, context: Context, frame: Frame): unknown {
  const block = template.blocks[name];
  let output: string | undefined;
  if (block !== undefined) {
    context.getSuper(template.env, name, block, frame, template.runtime, (error, text) => {
      if (error) throw error;
      output = text;
    });
  }
  if (output !== undefined) return new runtime.SafeString(output);
  throw new CompressorError('tag-async', {
    message: 'super() takes time, but a block must be rendered at once',
    help: 'Use no asynchronous filters or tags in blocks that are shown inside a compress block.',
  });
}

/** What Nunjucks writes for a value: nothing for nothing. */
function textOf(value: unknown): string {
  return value === undefined || value === null ? '' : String(value);
}
