import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { compressFolder, contentsOf } from '../testing/offline-site.ts';
import { reportFolder } from '../testing/report-site.ts';
import { createFolder, type TestFolder } from '../testing/site.ts';
import type { ArtifactWeight, Report } from './report.ts';
import { sumOf } from './size.ts';

/** A shop as many are: a style framework, libraries from its early years in the layout, and newer pages with modules. */
const FILES = {
  'templates/layout.liquid': `
{% compress css file shop %}
  <link rel="stylesheet" href="{% static 'css/shop.scss' %}">
{% endcompress %}
{% compress js file shop %}
  <script src="npm:jquery/dist/jquery.js"></script>
  <script src="npm:lodash/lodash.js"></script>
  <script src="{% static 'js/menu.js' %}"></script>
{% endcompress %}
{% block content %}{% endblock %}`,
  'templates/home.liquid': `{% layout 'layout.liquid' %}{% block content %}
{% compress js %}
  <script type="module" src="{% static 'js/search.ts' %}"></script>
{% endcompress %}
{% endblock %}`,
  'templates/cart.liquid': `{% layout 'layout.liquid' %}{% block content %}
{% compress js %}
  <script type="module" src="{% static 'js/cart.tsx' %}"></script>
{% endcompress %}
{% compress css inline %}
  <style>.cart { display: grid; gap: 1rem; grid-template-columns: 1fr auto }</style>
{% endcompress %}
{% endblock %}`,
  'static/css/shop.scss': `
@use "pkg:bootstrap/scss/bootstrap" with ($primary: #107a8b);
@use "products";`,
  'static/css/_products.scss': `.product { padding: 1rem; &:hover { background: url(../img/dot.svg) } }`,
  'static/img/dot.svg': '<svg xmlns="http://www.w3.org/2000/svg"><circle r="4"/></svg>',
  'static/js/menu.js': `$('#menu').on('click', function () { $('body').toggleClass('open'); });`,
  'static/js/search.ts': `import _ from 'lodash';
const find: (text: string) => void = _.debounce((text: string) => { document.title = text; }, 200);
addEventListener('input', () => find('…'));`,
  'static/js/cart.tsx': `import { useState } from 'react';
import { createRoot } from 'react-dom/client';
function Cart() {
  const [count, setCount] = useState(0);
  return <button onClick={() => setCount(count + 1)}>{count} in the cart</button>;
}
addEventListener('open-cart', async () => (await import('./receipt.ts')).print('Thank you'));
createRoot(document.querySelector('#cart')!).render(<Cart />);`,
  'static/js/receipt.ts': `export const print = (text: string) => document.body.append(text);`,
};

const changedShop = (report: Report) => report.artifacts.find(({ name }) => plain(name) === 'shop.js');
const plain = (name: string) => name.replace(/\.[0-9a-f]{16}\./, '.');
const names = (list: readonly { readonly name: string }[]) => list.map(({ name }) => plain(name)).sort();

describe('a report on a site with real packages', () => {
  let folder: TestFolder;
  let report: Report;
  before(async () => {
    folder = await createFolder(FILES);
    const reported = await reportFolder(folder);
    assert.deepEqual(reported.analysis.diagnostics, []);
    report = reported.report;
  });
  after(() => folder[Symbol.asyncDispose]());

  const artifact = (name: string): ArtifactWeight =>
    report.artifacts.find((one) => plain(one.name) === name) ?? assert.fail(`no ${name}`);
  const packagesIn = (name: string) => {
    const packages = artifact(name).sources.flatMap((source) => source.package?.name ?? []);
    return [...new Set(packages)].sort();
  };

  it('has every page, with what it loads at once and later', () => {
    assert.deepEqual(
      report.pages.map(({ template }) => template),
      ['cart.liquid', 'home.liquid'],
    );
    const [cart] = report.pages;
    assert.equal(cart?.blocks.length, 4);
    assert.deepEqual(sumOf([cart?.js ?? assert.fail(), cart.css]), cart.size);
    const later = report.blocks.flatMap(({ laterArtifacts }) => laterArtifacts);
    assert.deepEqual(names(later.map((name) => ({ name }))), ['dot.svg', 'receipt.js']);
  });

  it('attributes every byte: what all sources contribute and what tools wrote is what there is', () => {
    for (const { name, size, sources, generated, kind } of report.artifacts) {
      assert.deepEqual(sumOf([...sources.map((source) => source.size), generated]), size, name);
      assert.ok(sources.length > 0, name);
      // A chunk of a few bytes is nearly all import and export.
      if (size.raw > 1000) assert.ok(generated.raw < size.raw * 0.02, `${name} (${kind}): ${generated.raw}`);
    }
  });

  it('names sources and packages as the site knows them', () => {
    assert.deepEqual(packagesIn('shop.js'), ['jquery', 'lodash']);
    assert.deepEqual(packagesIn('shop.css'), ['bootstrap']);
    assert.deepEqual(packagesIn('cart.js'), ['react', 'react-dom', 'scheduler']);
    assert.deepEqual(names(artifact('shop.js').sources), [
      'js/menu.js',
      'npm:jquery/dist/jquery.js',
      'npm:lodash/lodash.js',
    ]);
    assert.ok(names(artifact('shop.css').sources).includes('css/_products.scss'));
    assert.deepEqual(names(artifact('style.css').sources), ['inline.css']);
    assert.deepEqual(names(artifact('dot.svg').sources), ['img/dot.svg']);
  });

  it('says in terms of templates what is shipped twice', () => {
    const [finding, ...others] = report.findings;
    assert.deepEqual(others, []);
    assert.equal(finding?.code, 'repeated-package');
    assert.equal(finding.message, 'home.liquid:2:1 and layout.liquid:5:1 both ship lodash 4.18.1');
    assert.deepEqual(finding.pages, ['home.liquid']);
    assert.ok(finding.size.brotli > 15_000);
  });

  it('weighs what is published', async () => {
    await compressFolder(folder, {}, { cache: false, encodings: true });
    const published = await contentsOf(join(folder.path, 'public/assets'));
    for (const { name, size } of report.artifacts) {
      const raw = published[name]?.length;
      const brotli = published[`${name}.br`]?.length ?? raw;
      assert.deepEqual(size, { raw, brotli, returning: null }, name);
    }
  });

  it('says what somebody downloads who has the previous release', async () => {
    await folder.write({
      'static/js/menu.js': "$('#menu').on('keydown', function () { $('body').hide(); });",
    });
    const { report: changed } = await reportFolder(folder);
    assert.equal(changed.previous, report.release);
    assert.notEqual(changed.release, report.release);
    for (const { name, size } of changed.artifacts) {
      const isChanged = plain(name) === 'shop.js';
      const { returning } = size;
      assert.ok(returning !== null);
      assert.equal(returning > 0, isChanged, name);
      if (isChanged) assert.ok(returning < 300 && returning < size.brotli / 50, `${returning}`);
    }
    await compressFolder(folder, {}, { cache: false, encodings: true });
    const published = await contentsOf(join(folder.path, 'public/assets'));
    const [name = ''] = Object.keys(published).filter((one) => one.endsWith('.dcb'));
    assert.equal(published[name]?.length, changedShop(changed)?.size.returning);
    const cart = changed.pages.find(({ template }) => template === 'cart.liquid');
    // The inline style sheet comes with every page.
    const inline = changed.blocks.find(({ mode }) => mode === 'inline');
    const shop = changedShop(changed);
    assert.equal(cart?.size.returning, (shop?.size.returning ?? 0) + (inline?.size.brotli ?? 0));
  });
});
