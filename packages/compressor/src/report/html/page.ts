import { hash } from 'node:crypto';
import { formatBytes } from '../../bytes.ts';
import { formatPlace } from '../../errors.ts';
import type { Diagnostic } from '../../offline/diagnostic.ts';
import type { MapReport } from '../client/map-tree.ts';
import {
  type ArtifactWeight,
  artifactsByLoading,
  type BlockWeight,
  distinctContexts,
  type PageWeight,
  type Report,
} from '../report.ts';
import type { Size } from '../size.ts';
import { html, jsonForScript, Markup } from './markup.ts';
import { style } from './style.ts';

/** What a page of a report is made from. */
export interface ReportPage {
  readonly report: Report;
  /** What is wrong, exceeded budgets among it. */
  readonly diagnostics: readonly Diagnostic[];
  /** The script of the map; see `mapScript`. */
  readonly script: string;
}

/**
 * A report as one page, which needs nothing else: no server, no network. Names of files come from anywhere, so the page allows its
 * own script and style only. Without the script there is no map, and all that it shows is in the tables.
 */
export function renderReportPage({ report, diagnostics, script }: ReportPage): string {
  const policy = `default-src 'none'; script-src '${hashOf(script)}'; style-src '${hashOf(style)}'; base-uri 'none'; form-action 'none'`;
  const { release, previous, pages, blocks, findings } = report;
  const isCompared = previous !== null;
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const heaviest = Math.max(1, ...pages.map(({ size }) => size.brotli));
  const compared = isCompared ? html`, compared with <code>${previous}</code>` : html``;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sizes of release ${release}</title>
<style>${new Markup(style)}</style>
</head>
<body>
<header>
<h1>Sizes</h1>
<p class="release">Release <code>${release}</code>${compared}</p>
${totals(report)}
</header>
<main>
${errors.length === 0 ? html`` : wrong(errors)}
${map(isCompared)}
${findings.length === 0 ? html`` : findingsList(report)}
<section aria-labelledby="pages">
<h2 id="pages">Pages</h2>
<p class="soft">What a page loads at once, at most: its scripts and style sheets. Fonts, pictures and modules behind <code>import()</code> come later.</p>
<table>
<thead><tr><th scope="col">Page</th>${headings(isCompared)}<th scope="col" class="wide">Scripts</th><th scope="col" class="wide">Styles</th><th scope="col" class="wide">Later</th></tr></thead>
<tbody>${pages.map((page) => pageRow(page, distinctContexts(page, pages), isCompared, heaviest))}</tbody>
</table>
</section>
<section aria-labelledby="blocks">
<h2 id="blocks">Blocks</h2>
<table>
<thead><tr><th scope="col">Block</th>${headings(isCompared)}<th scope="col" class="wide">Pages</th></tr></thead>
<tbody>${blocks.map((block) => blockRow(block, isCompared))}</tbody>
</table>
</section>
${artifactsSection(report, isCompared)}
</main>
<script type="application/json" id="report">${jsonForScript(mapped(report))}</script>
<script>${new Markup(script)}</script>
</body>
</html>
`.text;
}

function hashOf(text: string): string {
  return `sha256-${hash('sha256', text, 'base64')}`;
}

/** What the map needs of a report. */
function mapped(report: Report): MapReport {
  const { pages, blocks } = report;
  return {
    pages: pages.map((page) => ({ ...page, contexts: distinctContexts(page, pages) })),
    blocks,
    artifacts: artifactsByLoading(report).atOnce,
  };
}

function totals({ pages, blocks, artifacts, sources }: Report): Markup {
  const heaviest = pages[0];
  const facts: [name: string, value: string][] = [
    ...(heaviest === undefined
      ? []
      : ([['heaviest page, with Brotli', formatBytes(heaviest.size.brotli)]] satisfies [string, string][])),
    ['pages', String(pages.length)],
    ['blocks', String(blocks.length)],
    ['artifacts', String(artifacts.length)],
    ['sources', String(sources.length)],
  ];
  return html`<dl class="totals">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

function wrong(errors: readonly Diagnostic[]): Markup {
  const place = ({ template, line, column }: Diagnostic) =>
    template === undefined ? html`` : html`<code>${formatPlace({ file: template, line, column })}</code>: `;
  return html`<section class="wrong" aria-labelledby="wrong">
<h2 id="wrong">What is wrong</h2>
<ul class="findings">${errors.map((error) => html`<li>${place(error)}${error.message}<small>${error.help}</small></li>`)}</ul>
</section>`;
}

/** The frame that the script fills. */
function map(isCompared: boolean): Markup {
  const option = (value: string, label: string, isChecked: boolean) =>
    html`<label><input type="radio" name="measure" value="${value}"${isChecked ? html` checked` : html``}>${label}</label>`;
  const swatch = (kind: string, label: string) =>
    html`<li><svg class="swatch" aria-hidden="true"><rect class="${kind}" width="100%" height="100%"/></svg>${label}</li>`;
  return html`<section id="map" aria-labelledby="map-title" hidden>
<h2 id="map-title">Map</h2>
<div class="bar">
<nav aria-label="Where the map is"><ol class="trail"></ol></nav>
<fieldset><legend>Size</legend>${option('brotli', 'Brotli', true)}${option('raw', 'Raw', false)}${isCompared ? option('returning', 'Returning', false) : html``}</fieldset>
</div>
<div class="area"></div>
<p class="note"></p>
<ul class="legend">${swatch('js', 'scripts')}${swatch('css', 'style sheets')}${swatch('tools', 'written by tools')}</ul>
</section>`;
}

function findingsList({ findings }: Report): Markup {
  return html`<section aria-labelledby="findings">
<h2 id="findings">Findings</h2>
<ul class="findings">${findings.map(
    ({ message, size, pages }) =>
      html`<li>${message}<small>${formatBytes(size.brotli)} with Brotli${pages.length === 0 ? html`` : html`, on ${pages.join(', ')}`}</small></li>`,
  )}</ul>
</section>`;
}

function headings(isCompared: boolean): Markup {
  const returning = isCompared ? html`<th scope="col">Returning</th>` : html``;
  return html`<th scope="col">Brotli</th><th scope="col">Raw</th>${returning}`;
}

function cells({ brotli, raw, returning }: Size, isCompared: boolean): Markup {
  const third = isCompared ? html`<td>${formatBytes(returning ?? 0)}</td>` : html``;
  return html`<td>${formatBytes(brotli)}</td><td>${formatBytes(raw)}</td>${third}`;
}

function pageRow(
  { template, size, js, css, later }: PageWeight,
  contexts: readonly string[],
  isCompared: boolean,
  heaviest: number,
): Markup {
  const percent = ({ brotli }: Size) => ((100 * brotli) / heaviest).toFixed(1);
  const share = html`<svg class="share" viewBox="0 0 100 5" preserveAspectRatio="none" aria-hidden="true"><rect class="css" width="${percent(css)}" height="5"/><rect class="js" x="${percent(css)}" width="${percent(js)}" height="5"/></svg>`;
  const where = contexts.length === 0 ? html`` : html`<small>${contexts.join(', ')}</small>`;
  return html`<tr><th scope="row">${template}${where}${share}</th>${cells(size, isCompared)}<td class="wide">${formatBytes(js.brotli)}</td><td class="wide">${formatBytes(css.brotli)}</td><td class="wide">${formatBytes(later.brotli)}</td></tr>
`;
}

function blockRow({ id, kind, mode, name, size, pages }: BlockWeight, isCompared: boolean): Markup {
  const tag = [kind, ...(mode === 'file' ? [] : [mode]), ...(name === undefined ? [] : [name])].join(' ');
  return html`<tr><th scope="row">${id}<small>${tag}</small></th>${cells(size, isCompared)}<td class="wide">${pages}</td></tr>
`;
}

function artifactsSection(report: Report, isCompared: boolean): Markup {
  const { atOnce, later } = artifactsByLoading(report);
  const list = (artifacts: readonly ArtifactWeight[]) =>
    html`<p class="columns" aria-hidden="true"><span>Artifact</span>${columnsOf(isCompared).map(([, label]) => html`<span>${label}</span>`)}</p>
${artifacts.map((artifact) => artifactDetails(artifact, isCompared))}`;
  return html`<section aria-labelledby="artifacts">
<h2 id="artifacts">Artifacts and their sources</h2>
<p class="soft">Compressed, a file has no parts of its own: its size is divided as the plain bytes are.</p>
${list(atOnce)}
${later.length === 0 ? html`` : html`<h3>Loaded later, if at all</h3>${list(later)}`}
</section>`;
}

/** The sizes that are shown. */
function columnsOf(isCompared: boolean): [keyof Size, string][] {
  return [
    ['brotli', 'Brotli'],
    ['raw', 'raw'],
    ...(isCompared ? ([['returning', 'returning']] satisfies [keyof Size, string][]) : []),
  ];
}

function artifactDetails({ name, size, sources, generated }: ArtifactWeight, isCompared: boolean): Markup {
  const rows = [
    ...sources.map((source) => ({
      name: source.name,
      about: [source.package?.name, source.package?.version].filter((part) => part).join(' '),
      size: source.size,
    })),
    ...(generated.raw > 0 ? [{ name: 'written by tools', about: '', size: generated }] : []),
  ];
  return html`<details>
<summary><span>${name}</span>${columnsOf(isCompared).map(([column, label]) => html`<span data-column="${label}">${formatBytes(size[column] ?? 0)}</span>`)}</summary>
<table>
<thead><tr><th scope="col">Source</th>${headings(isCompared)}</tr></thead>
<tbody>${rows.map((row) => html`<tr><th scope="row">${row.name}${row.about === '' ? html`` : html`<small>${row.about}</small>`}</th>${cells(row.size, isCompared)}</tr>`)}</tbody>
</table>
</details>
`;
}
