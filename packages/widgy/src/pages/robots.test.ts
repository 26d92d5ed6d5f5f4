import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { printRobots } from './robots.ts';

describe('robots', () => {
  it('are told where they may go, and nothing in a path begins a line', () => {
    assert.equal(printRobots({ isIndexed: false, sitemap: 'x' }), 'User-agent: *\nDisallow: /\n');
    assert.equal(
      printRobots({
        isIndexed: true,
        sitemap: 'https://example.org/sitemap.xml',
        disallow: ['/admin/', '/a\nAllow: /b'],
      }),
      'User-agent: *\nAllow: /\nDisallow: /admin/\nDisallow: /aAllow: /b\n\nSitemap: https://example.org/sitemap.xml\n',
    );
  });
});
