import { join } from 'node:path';
import { createCompressor, resolveConfig, silentLogger } from '@widgy/compressor';
import { Liquid } from 'liquidjs';
import type { Goal, Result, Thoroughness } from '../benchmark.ts';
import { type Effort, ratioOf, type Spread, spread, spreadOf, type Times, timeInTurn } from '../measure.ts';
import { createSite } from '../site.ts';
import { formatRatio, formatSpread } from '../table.ts';
import { layout, page as pageOf, staticFiles, type Variant, variables, variants } from './templates.ts';

const LIMIT = 1.1;

/**
 * Rendering a page with blocks, against the same template with the tags that its blocks produce written in it. Both engines
 * have the same settings and both pages give the same text.
 */
export async function page(thoroughness: Thoroughness): Promise<Result> {
  const effort =
    thoroughness === 'full' ? { rounds: 60, warmup: 15, batch: 30 } : { rounds: 10, warmup: 5, batch: 20 };
  const rows: string[][] = [];
  const goals: Goal[] = [];
  const data: unknown[] = [];
  for (const variant of variants) {
    const times = await measurePage(variant, effort);
    const ratio = ratioOf(times, 'blocks', 'literal');
    const perBlock = await measureBlocks(variant, effort);
    rows.push([
      variant.name,
      formatSpread(spreadOf(times, 'literal')),
      formatSpread(spreadOf(times, 'blocks')),
      formatRatio(ratio),
      formatSpread(perBlock),
      formatRatio(ratioOf(times, 'literal again', 'literal')),
    ]);
    goals.push({
      what: `page, ${variant.name}`,
      wanted: `at most ${LIMIT.toFixed(2)}×`,
      measured: `${ratio.median.toFixed(3)}×`,
      isMet: ratio.median <= LIMIT,
    });
    data.push({ variant: variant.name, times: Object.fromEntries(times), ratio, perBlock });
  }
  const head = ['page', 'literal tags, ms', 'blocks, ms', 'ratio', 'µs per block', 'literal against itself'];
  return {
    tables: [{ title: 'Rendering a page whose blocks are known', head, rows }],
    goals,
    notes: [
      `Microseconds per block come from a template of nothing but ${COPIES} copies of the blocks.`,
      '"Literal against itself" is the same page in a second engine: what the ratio shows when nothing differs.',
    ],
    data,
  };
}

/** Times the page with blocks, its twin with literal tags, and the twin once more. */
async function measurePage({ blocks }: Variant, effort: Effort): Promise<Times> {
  return compare(blocks, (tags) => ({ layout: layout(tags), page: pageOf('layout') }), effort);
}

/** Times a template of nothing but copies of the blocks, where the difference is all there is. */
async function measureBlocks({ blocks }: Variant, effort: Effort): Promise<Spread> {
  const times = await compare(
    blocks,
    (tags) => ({ page: Array.from({ length: COPIES }, () => tags.join('\n')).join('\n') }),
    effort,
  );
  const literals = times.get('literal') ?? [];
  const differences = (times.get('blocks') ?? []).map((time, round) => time - (literals[round] ?? 0));
  return spread(differences.map((difference) => (difference * 1000) / (COPIES * blocks.length)));
}

/**
 * @param write the templates of a page, given what stands in the places of its blocks: the blocks, or what they produce
 */
async function compare(
  blocks: readonly string[],
  write: (blocks: readonly string[]) => Readonly<Record<string, string>>,
  effort: Effort,
): Promise<Times> {
  const single = Object.fromEntries(blocks.map((block, index) => [`block-${index}`, block]));
  await using site = await createSite({ ...staticFiles(), ...inTemplates({ ...single, ...write(blocks) }) });
  const templates = join(site.folder, 'templates');
  const compressor = await createCompressor(
    resolveConfig(
      { mode: 'in-request', templates: { engine: () => newEngine(templates) }, logger: silentLogger },
      site.folder,
    ),
  );
  try {
    const tags = await Promise.all(
      blocks.map((_, index) => compressor.render(`block-${index}.liquid`, variables)),
    );
    await using twin = await createSite(inTemplates(write(tags)));
    const [literal, again] = [
      newEngine(join(twin.folder, 'templates')),
      newEngine(join(twin.folder, 'templates')),
    ];
    const html = await compressor.render('page.liquid', variables);
    if (html !== (await renderLiteral(literal)) || html.includes('{%')) {
      throw new Error('The page with blocks and the page with literal tags differ.');
    }
    return await timeInTurn(
      [
        { name: 'blocks', run: () => compressor.render('page.liquid', variables) },
        { name: 'literal', run: () => renderLiteral(literal) },
        { name: 'literal again', run: () => renderLiteral(again) },
      ],
      effort,
    );
  } finally {
    await compressor.close();
  }
}

function inTemplates(templates: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(templates).map(([name, text]) => [`templates/${name}.liquid`, text]),
  );
}

/** How often a template of nothing but blocks repeats them. */
const COPIES = 50;

/** The settings that the compressor gives an engine of its own in production. */
function newEngine(root: string): Liquid {
  return new Liquid({
    root: [root],
    extname: '.liquid',
    cache: true,
    outputEscape: 'escape',
    strictFilters: true,
  });
}

async function renderLiteral(engine: Liquid): Promise<string> {
  return String(await engine.renderFile('page.liquid', variables));
}
