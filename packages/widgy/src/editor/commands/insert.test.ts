import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TYPES } from '../../tree/rules/rules-fixture.ts';
import { describedTypes, sessionOf } from './commands-fixture.ts';
import { insertWidget, insertWrapped } from './insert.ts';
import { sentenceOf } from './refusal.ts';

describe('adding a widget', () => {
  it('adds it with what is made with it, selects it, and says where it is', () => {
    const session = sessionOf('page/page(a/text b/box)');
    const done = insertWidget(session, 'slideshow', { parent: 'page', before: 'b' });
    assert.deepEqual(done, { ok: true, ids: ['n1'] });
    assert.equal(
      session.outline(),
      'page/page(a/text{"text":""} n1/slideshow(n2/slide) b)'.replace('{"text":""}', ''),
    );
    assert.deepEqual(session.selection.value, { ids: ['n1'], anchor: 'n1' });
    assert.equal(session.announcement.value, 'Added Slideshow as 2 of 3 in Page');
    assert.deepEqual(
      session.steps.map(({ label }) => label),
      [{ kind: 'insert', what: 'Slideshow', count: 1 }],
    );
  });

  it('says which rule is against it, and changes nothing', () => {
    const session = sessionOf('page/page(a/text)', { selected: ['a'] });
    const done = insertWidget(session, 'field', { parent: 'page' });
    assert.equal(!done.ok && done.refusal.code, 'both-refuse');
    assert.equal(!done.ok && 'wrapper' in done.refusal && done.refusal.wrapper?.type, 'form');
    assert.equal(session.announcement.value, 'Page does not take Field, and Field does not stand in Page.');
    assert.deepEqual(session.selection.value.ids, ['a']);
    assert.deepEqual(session.steps, []);
  });

  it('is for who may add widgets of the type and of all that are made with it', () => {
    const may = { permissions: { add: false, change: true, delete: true } };
    const types = describedTypes(TYPES, { slide: may });
    for (const data of [{ types }, { mayEdit: false }]) {
      const session = sessionOf('page/page', { data });
      const done = insertWidget(session, 'slideshow', { parent: 'page' });
      assert.ok(!done.ok);
      assert.equal(done.refusal.code, 'not-permitted');
      assert.equal(sentenceOf(done.refusal, session), session.announcement.value);
      assert.equal(session.outline(), 'page/page');
    }
  });

  it('refuses a type that is not there', () => {
    const done = insertWidget(sessionOf('page/page'), 'gone', { parent: 'page' });
    assert.equal(!done.ok && done.refusal.code, 'not-permitted');
  });

  it('adds one in a wrapper as one step, and selects the inner one', () => {
    const session = sessionOf('page/page(a/text)');
    const wrapper = { type: 'form', label: 'Form', slot: undefined };
    const done = insertWrapped(session, 'field', wrapper, { parent: 'page', before: 'a' });
    assert.deepEqual(done, { ok: true, ids: ['n1'] });
    assert.equal(session.outline(), 'page/page(n2/form(n1/field) a/text)');
    assert.equal(session.steps.length, 1);
    assert.equal(session.announcement.value, 'Added Field as 1 of 2 in Page');
  });
});
