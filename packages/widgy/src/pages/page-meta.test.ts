import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MADE_DESCRIPTION_LENGTH } from './limits.ts';
import { pageMeta } from './page-meta.ts';
import { treeOf, widgets } from './pages-fixture.ts';
import { lengthOf } from './slug.ts';

describe('what a page says of itself', () => {
  const page = {
    title: 'About',
    path: 'über',
    metaTitle: '',
    metaDescription: '',
    isIndexed: true,
    isProtected: false,
  };
  const site = { name: 'Boatyard', origin: 'https://example.org', isIndexed: true };

  it('is made from what it shows', () => {
    const tree = treeOf('text', { rich: '<p>We build boats.</p>' }, 'A heading');
    assert.deepEqual(pageMeta(page, tree, widgets, site), {
      title: 'About – Boatyard',
      description: 'We build boats.',
      canonical: 'https://example.org/%C3%BCber',
      robots: 'index, follow',
      og: {
        title: 'About',
        description: 'We build boats.',
        type: 'article',
        url: 'https://example.org/%C3%BCber',
        siteName: 'Boatyard',
        image: undefined,
      },
    });
  });

  it('is what its author wrote', () => {
    const written = { ...page, path: '', metaTitle: 'Meta', metaDescription: 'Written', isIndexed: false };
    const { title, description, robots, canonical, og } = pageMeta(
      written,
      treeOf('text', { rich: 'x' }),
      widgets,
      {
        ...site,
        image: 'https://example.org/i.png',
      },
    );
    assert.deepEqual(
      [title, description, robots, canonical],
      ['Meta', 'Written', 'noindex, follow', 'https://example.org/'],
    );
    assert.deepEqual([og.title, og.type, og.image], ['Meta', 'website', 'https://example.org/i.png']);
  });

  it('has a description of whole words, or of a line, or none', () => {
    const describe = (rich: string, heading = '') =>
      pageMeta(page, treeOf('text', { rich }, heading), widgets, site).description;
    const long = describe('word '.repeat(100));
    assert.ok(lengthOf(long) <= MADE_DESCRIPTION_LENGTH && /word…$/.test(long), long);
    assert.equal(lengthOf(describe('日'.repeat(300))), MADE_DESCRIPTION_LENGTH);
    assert.equal(describe('', 'Heading'), 'Heading');
    assert.equal(describe(''), '');
  });

  it('asks not to be listed where the site or signing in says so', () => {
    const tree = treeOf('text');
    assert.equal(pageMeta(page, tree, widgets, { ...site, isIndexed: false }).robots, 'noindex, follow');
    assert.equal(pageMeta({ ...page, isProtected: true }, tree, widgets, site).robots, 'noindex, follow');
  });
});
