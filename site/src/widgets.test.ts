import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Compressor, createCompressor } from '@widgy/compressor';
import { type Renderer, renderTree } from 'widgy/rendering';
import { createTree, createWidget } from 'widgy/tree';
import { printWidgetForm, readWidgetForm, widgetForm } from 'widgy/widgets';
import { hostileFields } from '../../packages/widgy/src/library/contract/hostile.ts';
import { isSafeUrl } from '../../packages/widgy/src/widgets/fields/safe-url.ts';
import { allElements, submissionOf } from '../../packages/widgy/src/widgets/submit-fixture.ts';
import { boats } from './boats.ts';
import { bookingFields } from './booking.ts';
import { site, yardWidgets } from './site.ts';
import { loadTestConfig } from './site-fixture.ts';
import { variables } from './variables.ts';

/** What no widget of the yard has, whatever is in its fields. */
const HARMFUL: ReadonlySet<string> = new Set([
  'script',
  'style',
  'iframe',
  'object',
  'embed',
  'svg',
  'math',
  'base',
]);

const ADDRESSES: ReadonlySet<string> = new Set(['href', 'src', 'action']);

/** Ids that templates give by themselves: of boats, and of the controls that labels and messages name. */
const OWN_IDS: ReadonlySet<string> = new Set([
  ...boats.map(({ id }) => id),
  ...[...bookingFields, 'words', 'website', 'notes-hint', 'date-hint', 'people-hint'],
  ...['morning', 'afternoon', 'day'].map((name) => `session-${name}`),
  ...['none', 'some', 'plenty'].map((name) => `experience-${name}`),
]);

/** What pages give to templates. The address of a picture may be anything, as a reference may lead anywhere. */
const page = { ...variables, settings: { yard: { phone: '01632 960 147' } } };

function assertHarmless(html: string, given: string): void {
  for (const { tag, attributes } of allElements(html)) {
    const where = `${tag} of ${given}`;
    assert.ok(!HARMFUL.has(tag), where);
    for (const [name, value] of Object.entries(attributes)) {
      assert.match(name, /^[a-z][a-z-]*$/, where);
      assert.doesNotMatch(name, /^on|^style$|^srcdoc$|^formaction$|^autofocus$/, where);
      if (ADDRESSES.has(name)) assert.ok(isSafeUrl(value), `${where}: ${value}`);
      if (name === 'id') assert.ok(OWN_IDS.has(value) || /^(?:w-|at-)/.test(value), `${where}: ${value}`);
    }
  }
}

describe('the widgets of the yard', () => {
  let compressor: Compressor;
  let renderer: Renderer;
  before(async () => {
    const loaded = await loadTestConfig({ mode: 'in-request' });
    renderer = loaded.renderer;
    compressor = await createCompressor(loaded.config);
  });
  after(() => compressor?.close());

  for (const { type, label, description, formSchema } of yardWidgets) {
    const known = site.types.get(type);
    assert.ok(known);
    const initial = site.catalogue.get(type)?.fields ?? {};
    const show = (fields: typeof initial) =>
      renderTree(renderer, createTree(createWidget({ id: 'x', type, fields })), { variables: page });

    it(`shows the texts of a new one: ${type}`, async () => {
      const html = await show(initial);
      const { heading, text } = initial;
      for (const words of [heading, text])
        if (typeof words === 'string') assert.ok(html.includes(words.replaceAll('&', '&amp;')), words);
      assertHarmless(html, 'a new one');
    });

    it(`is harmless whatever is in its fields: ${type}`, async () => {
      for (const fields of hostileFields(known.fields))
        assertHarmless(await show({ ...initial, ...fields }), JSON.stringify(fields));
    });

    it(`has a form in plain words that gives back what it was given: ${type}`, () => {
      assert.match(label, /^[A-Z]/);
      assert.match(description ?? '', /^[A-Z].*\.$/);
      for (const [name, property] of Object.entries(formSchema.properties ?? {}))
        assert.ok(typeof property === 'object' && typeof property.label === 'string', name);
      const printed = printWidgetForm(site, widgetForm(site, type, initial)).toString();
      const read = readWidgetForm(site, type, submissionOf(printed), {});
      assert.deepEqual(read, { status: 'read', fields: initial });
    });
  }
});
