import { join } from 'node:path';
import { createCompressor, resolveConfig, silentLogger } from '@widgy/compressor';
import { Liquid } from 'liquidjs';
import { compressSite } from '../../packages/compressor/src/compress-site.ts';
import type { Result, Thoroughness } from '../benchmark.ts';
import { type Effort, ratioOf, spread, spreadOf, timeInTurn } from '../measure.ts';
import { layout, page, staticFiles, type Variant, variables, variants } from '../page/templates.ts';
import { createSite } from '../site.ts';
import { formatRatio, formatSpread } from '../table.ts';

const MOST_RATIO = 1.05;
const MOST_MICROSECONDS = 5;

/** How often a template of nothing but blocks repeats them. */
const COPIES = 50;

/** What blocks cost in pages that were compressed ahead of time. */
export async function measurePages(thoroughness: Thoroughness): Promise<Result> {
  const effort: Effort =
    thoroughness === 'full' ? { rounds: 60, warmup: 15, batch: 30 } : { rounds: 10, warmup: 5, batch: 20 };
  const [literal, variable] = variants;
  if (literal === undefined || variable === undefined) throw new Error('There are no pages to measure.');
  const whole = await measureLiteral(literal, effort);
  const perBlock = await measureVariables(variable, effort);
  const ratio = ratioOf(whole, 'blocks', 'literal');
  return {
    tables: [
      {
        title: 'A page of a site compressed ahead of time',
        head: ['', 'literal tags, ms', 'blocks, ms', 'ratio', 'µs more for each block than its inside'],
        rows: [
          [
            '2 blocks without variables',
            formatSpread(spreadOf(whole, 'literal')),
            formatSpread(spreadOf(whole, 'blocks')),
            formatRatio(ratio),
            '',
          ],
          ['2 blocks with variables', '', '', '', formatSpread(perBlock)],
        ],
      },
    ],
    goals: [
      {
        what: 'page with blocks without variables, to literal tags',
        wanted: `at most ${MOST_RATIO}×`,
        measured: `${ratio.median.toFixed(3)}×`,
        isMet: ratio.median <= MOST_RATIO,
      },
      {
        what: 'block with variables, more than its inside',
        wanted: `at most ${MOST_MICROSECONDS} µs`,
        measured: `${perBlock.median.toFixed(1)} µs`,
        isMet: perBlock.median <= MOST_MICROSECONDS,
      },
    ],
    notes: [`Microseconds per block come from a template of nothing but ${COPIES} copies of the blocks.`],
    data: { whole: Object.fromEntries(whole), perBlock },
  };
}

/** Times a page with blocks, and its twin with the tags that they give. */
async function measureLiteral({ blocks }: Variant, effort: Effort) {
  const single = Object.fromEntries(blocks.map((block, index) => [`block-${index}`, block]));
  await using site = await offlineSite({ ...single, layout: layout(blocks), page: page('layout') });
  const { compressor, folder } = site;
  const tags = await Promise.all(
    blocks.map((_, index) => compressor.render(`block-${index}.liquid`, variables)),
  );
  await using twin = await createSite(inTemplates({ layout: layout(tags), page: page('layout') }));
  const engine = new Liquid({
    root: [join(twin.folder, 'templates')],
    extname: '.liquid',
    cache: true,
    outputEscape: 'escape',
    strictFilters: true,
  });
  const literal = async () => String(await engine.renderFile('page.liquid', variables));
  if ((await compressor.render('page.liquid', variables)) !== (await literal())) {
    throw new Error(`The page with blocks and the page with literal tags differ in ${folder}.`);
  }
  return timeInTurn(
    [
      { name: 'blocks', run: () => compressor.render('page.liquid', variables) },
      { name: 'literal', run: literal },
    ],
    effort,
  );
}

/** Times blocks whose inside hangs on variables against their inside alone: what finding the bundle costs. */
async function measureVariables({ blocks }: Variant, effort: Effort) {
  // Outside of blocks the tag `static` does more than inside.
  const plain = blocks.join('\n').replaceAll(/\{% static (.*?) %\}/g, '/static/{{ $1 }}');
  const copies = Array.from({ length: COPIES }, () => plain).join('\n');
  const inside = copies.replaceAll(/\{% (?:end)?compress[^%]*%\}/g, '');
  await using site = await offlineSite({ blocks: copies, inside });
  const times = await timeInTurn(
    ['blocks', 'inside'].map((name) => ({
      name,
      run: () => site.compressor.render(`${name}.liquid`, variables),
    })),
    effort,
  );
  const insides = times.get('inside') ?? [];
  const differences = (times.get('blocks') ?? []).map((time, round) => time - (insides[round] ?? 0));
  return spread(differences.map((difference) => (difference * 1000) / (COPIES * blocks.length)));
}

async function offlineSite(templates: Readonly<Record<string, string>>) {
  const site = await createSite({ ...staticFiles(), ...inTemplates(templates) });
  const config = resolveConfig(
    { mode: 'offline', offline: { context: variables }, cache: false, logger: silentLogger },
    site.folder,
  );
  const { isDone, diagnostics } = await compressSite(config, { encodings: false });
  if (!isDone) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  const compressor = await createCompressor(config);
  return {
    folder: site.folder,
    compressor,
    async [Symbol.asyncDispose]() {
      await compressor.close();
      await site[Symbol.asyncDispose]();
    },
  };
}

function inTemplates(templates: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(templates).map(([name, text]) => [`templates/${name}.liquid`, text]),
  );
}
