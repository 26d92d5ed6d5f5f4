import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parseDocument } from 'htmlparser2';
import type { Report } from '../report.ts';
import { mapScript } from './map-script.ts';
import { html, jsonForScript, Markup } from './markup.ts';
import { renderReportPage } from './page.ts';

const size = { raw: 2000, brotli: 900, returning: 0 };

/** A report in which everything that has a name has this one. */
function reportOf(name: string): Report {
  const sourcePackage = { name, version: name };
  return {
    release: '0123456789abcdef',
    previous: 'fedcba9876543210',
    pages: [{ template: name, contexts: [name], size, js: size, css: size, later: size, blocks: [name] }],
    blocks: [
      {
        ...{
          id: name,
          template: name,
          line: 1,
          column: 1,
          kind: 'js',
          mode: 'file',
          name,
          size,
          later: size,
        },
        ...{ artifacts: [name], laterArtifacts: [], pages: 1 },
      },
    ],
    artifacts: [
      { name, kind: 'js', size, sources: [{ name, package: sourcePackage, size }], generated: size },
    ],
    sources: [{ name, package: sourcePackage, size, artifacts: [name] }],
    findings: [{ code: 'repeated-source', message: name, blocks: [name], pages: [name], size }],
  };
}

/** The elements of a page, one after the other, with their attributes. */
function elementsOf(page: string): string[] {
  const found: string[] = [];
  const walk = (nodes: ReturnType<typeof parseDocument>['children']) => {
    for (const node of nodes) {
      if ('attribs' in node) found.push(`${node.name} ${Object.keys(node.attribs).join(' ')}`);
      if ('children' in node) walk(node.children);
    }
  };
  walk(parseDocument(page).children);
  return found;
}

const diagnosticOf = (text: string) =>
  ({
    code: 'budget-exceeded',
    severity: 'error',
    template: text,
    line: 1,
    column: 1,
    message: text,
    help: text,
  }) as const;
const pageOf = (name: string) =>
  renderReportPage({ report: reportOf(name), diagnostics: [diagnosticOf(name)], script: 'let x;' });

describe('the page of a report', () => {
  it('has the same elements whatever things are called', () => {
    const expected = elementsOf(pageOf('name'));
    const nasty = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom(
        '</script><script>alert(1)</script>',
        '<!--<script>',
        '"><img src=x onerror=alert(1)>',
        "'",
        '&lt;',
        ']]>',
      ),
    );
    fc.assert(fc.property(nasty, (name) => assert.deepEqual(elementsOf(pageOf(`x${name}`)), expected)));
  });

  it('allows its own script and style, and nothing else', async () => {
    const script = await mapScript();
    const page = renderReportPage({ report: reportOf('a'), diagnostics: [], script });
    const [, policy = ''] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
    const [, styleText = ''] = /<style>(.*?)<\/style>/s.exec(page) ?? [];
    assert.ok(page.includes(`<script>${script}</script>`));
    const source = (text: string) => `'sha256-${hash('sha256', text, 'base64')}'`;
    assert.equal(
      policy,
      `default-src 'none'; script-src ${source(script)}; style-src ${source(styleText)}; base-uri 'none'; form-action 'none'`,
    );
    assert.doesNotMatch(page, /\sstyle="|\son\w+="|(?:src|href)="/);
  });

  it('is the same for the same report', async () => {
    assert.equal(await mapScript(), await mapScript());
    assert.equal(pageOf('a'), pageOf('a'));
  });
});

describe('markup', () => {
  it('escapes what it is given, unless that is markup', () => {
    const given = html`<b title="${'"&'}">${'<i>'}${3}${[html`<u>${'>'}</u>`, new Markup('<hr>')]}</b>`;
    assert.equal(given.text, '<b title="&quot;&amp;">&lt;i&gt;3<u>&gt;</u><hr></b>');
    assert.equal(jsonForScript({ a: '</script><!--' }).text, '{"a":"\\u003c/script>\\u003c!--"}');
  });
});
