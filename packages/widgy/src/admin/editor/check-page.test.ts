import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DomUtils, parseDocument } from 'htmlparser2';
import { createCallout } from '../../callouts/index.ts';
import { trustedAuthor } from '../../documents/index.ts';
import { testAdmin } from '../admin-fixture.ts';
import { inColumn, makePage } from '../documents/documents-admin-fixture.ts';
import { withFirst } from './check-page.ts';

const admin = await testAdmin();
const ann = await admin.person('everything');

/** What runs in the page, where its policy lets it. */
function scriptsIn(html: string) {
  return DomUtils.getElementsByTagName('script', parseDocument(html));
}

describe('the page of a check', () => {
  it('runs one script, which stands before all that was written and has a nonce of its own', async () => {
    const { base } = await makePage(admin, 'Page', [
      inColumn('h', 'heading', { text: 'Heading' }),
      inColumn('x', 'unsafe-html', {
        markup: '<script>one()</script><p onclick="two()">x</p><script src="/three.js" x="',
      }),
    ]);
    const page = await ann.get(`${base}/preview/check`);
    assert.equal(page.status, 200);
    const policy = String(page.headers['content-security-policy']);
    const nonces = [...policy.matchAll(/'nonce-([^']+)'/g)].map(([, nonce]) => nonce);
    const [script, style] = nonces;
    assert.equal(nonces.length, 2);
    assert.notEqual(script, style);
    assert.match(policy, new RegExp(`script-src 'nonce-${RegExp.escape(script ?? '')}';`));
    // Nobody who writes can make an element that has it: it is there once, before all of theirs.
    assert.equal(page.html.split(script ?? '').length, 2);
    const [first] = scriptsIn(page.html);
    assert.equal(first?.attribs.nonce, script);
    assert.ok(page.html.indexOf('</script>') < page.html.indexOf('<title>'));
    assert.match(first?.attribs.src ?? '', /run-check/);
    assert.equal(scriptsIn(page.html).length, 1);
    assert.equal(page.headers['cache-control'], 'no-store');
  });

  it('is otherwise the preview', async () => {
    const { base } = await makePage(admin, 'Page', [inColumn('h', 'heading', { text: 'Heading' })]);
    const [checked, preview] = await Promise.all([
      ann.get(`${base}/preview/check`),
      ann.get(`${base}/preview`),
    ]);
    const without = (html: string) => html.replace(/<script[^>]*><\/script>/, '');
    assert.equal(without(checked.html), preview.html);
  });

  it('has a script that the server has', async () => {
    const { base } = await makePage(admin, 'Page');
    const [script] = scriptsIn((await ann.get(`${base}/preview/check`)).html);
    const { statusCode, body } = await admin.app.inject({ url: script?.attribs.src ?? '' });
    assert.equal(statusCode, 200);
    assert.match(body, /postMessage/);
  });

  it('is there for call-outs too', async () => {
    const { callouts } = admin.widgy;
    assert.ok(callouts);
    const made = await createCallout(callouts, { name: 'News' }, trustedAuthor());
    assert.ok(made.ok);
    const page = await ann.get(`/documents/${made.callout.document}/preview/check`);
    assert.equal(page.status, 200);
    assert.equal(scriptsIn(page.html).length, 1);
  });

  for (const [page, expected] of [
    [
      '<!doctype html><html><head lang="en"><title>x</title></head>',
      '<!doctype html><html><head lang="en">!<title>x</title></head>',
    ],
    ['<!DOCTYPE html>\n<HTML><HEAD>\n<p>', '<!DOCTYPE html>\n<HTML><HEAD>!\n<p>'],
    ['<!doctype html><title>x</title><header><p>', '<!doctype html>!<title>x</title><header><p>'],
    ['<p>x', '!<p>x'],
    ['', '!'],
  ] as const) {
    it(`has its script first in ${JSON.stringify(page)}`, () => assert.equal(withFirst(page, '!'), expected));
  }
});
