import { CompressorError } from '@widgy/compressor';
import { readDraft } from '../../documents/index.ts';
import type { TypeCost, WidgetCosts } from '../../editor/server/editor-data.ts';
import type { RenderTimes } from '../../rendering/index.ts';
import { wentWrong } from '../../server/error-pages.ts';
import type { Widgy } from '../../server/widgy.ts';
import { walk } from '../../tree/widget.ts';
import { assetName, type SiteType } from '../../widgets/site.ts';
import type { WidgetFileRole } from '../../widgets/widget-files.ts';
import { answerJson } from '../answer-json.ts';
import type { DocumentCall } from '../documents/document-call.ts';
import { shownAs } from '../documents/preview.ts';

/** Gives what the widgets of the draft cost whoever visits its page, if it were published as it is. */
export async function showCosts(call: DocumentCall) {
  const { widgy, found, render } = call;
  const { documents, renderer, site } = widgy;
  const read = await readDraft(documents, found.document);
  if (read === undefined) return await render('error', { ...wentWrong(404) }, 404);
  const { sequence, tree } = read.draft;
  const { variables, references } = await shownAs(call, tree);
  const times: RenderTimes = new Map();
  // As visitors get it: the templates of previews are not theirs.
  await renderer.render(tree, { purpose: 'public', variables, references, times });
  const types: [type: string, cost: TypeCost][] = [];
  for (const type of new Set(Array.from(walk(tree.root), (widget) => widget.type))) {
    const known = site.types.get(type);
    if (known !== undefined) types.push([type, await costOf(widgy, known)]);
  }
  return answerJson(call, {
    sequence,
    types: Object.fromEntries(types),
    ms: Object.fromEntries(times),
  } satisfies WidgetCosts);
}

async function costOf(widgy: Widgy, type: SiteType): Promise<TypeCost> {
  return {
    style: await bytesOf(widgy, type, 'style', 'css'),
    script: await bytesOf(widgy, type, 'script', 'js'),
  };
}

/** Null where it cannot be built here: on a server without the sources, or without what compiles them. */
async function bytesOf(
  { compressor, site }: Widgy,
  { files }: SiteType,
  role: WidgetFileRole,
  kind: 'css' | 'js',
): Promise<number | null> {
  const file = files[role];
  if (file === undefined) return 0;
  try {
    return (await compressor.weigh(kind, [assetName(file, site.folder)])).brotli;
  } catch (error) {
    if (!(error instanceof CompressorError)) throw error;
    compressor.config.logger.log(
      'warn',
      `the cost of ${file.name} of a widget is not known: ${error.message}`,
    );
    return null;
  }
}
