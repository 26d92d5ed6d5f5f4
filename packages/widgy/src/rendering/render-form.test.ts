import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { Liquid } from 'liquidjs';
import { z } from 'zod';
import type { JsonObject } from '../tree/json.ts';
import { siteFolder } from '../widgets/site-fixture.ts';
import { submissionOf } from '../widgets/submit-fixture.ts';
import { printWidgetForm, readWidgetForm, widgetForm } from '../widgets/widget-form.ts';
import type { RenderFailureCode } from './failure.ts';
import { rendererFor, type TestSite } from './render-fixture.ts';
import type { RenderFormOptions } from './render-form.ts';
import { renderWidgetForm } from './renderer.ts';

const box = z.object({
  title: z.string().max(20).default('').meta({ label: 'Title & name' }),
  more: z.string().default('').meta({ kind: 'link' }),
  isLoud: z.boolean().default(false),
  days: z.array(z.enum(['mon', 'tue'])).default([]),
  slides: z.array(z.object({ caption: z.string().default('') })).default([]),
});
const KEPT: JsonObject = {
  title: '"><script>',
  more: '/a',
  isLoud: true,
  days: ['tue'],
  slides: [{ caption: 'One' }, { caption: 'Two' }],
};

/** The edit form of a box that is rendered with a template, and what else is known of it. */
async function formWith(
  files: Readonly<Record<string, string>>,
  options: RenderFormOptions = {},
  more: Omit<TestSite, 'files' | 'fields'> = {},
) {
  const { renderer, failures, folder } = await rendererFor({ files, fields: { box }, ...more });
  const { site } = renderer;
  const form = widgetForm(site, 'box', KEPT);
  const shown = (await renderWidgetForm(renderer, form, options)).toString();
  return { site, failures, folder, shown, plain: printWidgetForm(site, form, options).toString() };
}

/** The control of one field as the plain form has it. */
function controlIn(plain: string, name: string): string {
  const [, ...parts] = plain.split(/(?=<(?:div|fieldset) class="widgy-field")/);
  return parts.find((part) => part.includes(`name="fields.${name}"`)) ?? assert.fail(plain);
}

describe('an edit form', () => {
  it('is the plain form where its type has no template for it', async () => {
    const { shown, plain } = await formWith({ 'box/render.liquid': 'x' });
    assert.equal(shown, plain);
  });

  it('has all of the form, its head and its controls as markup', async () => {
    const { shown, plain } = await formWith({
      'box/edit.liquid':
        '<h2>{{ label }} {{ type }}</h2>{{ head }}|{{ controls.more }}|{{ controls.title }}|{{ form }}',
    });
    const [head = ''] = plain.split('<div class="widgy-field"');
    assert.match(head, /^<button [^>]*name="fields._action"/);
    const [more, title] = [controlIn(plain, 'more'), controlIn(plain, 'title')];
    assert.equal(shown, `<h2>BOX box</h2>${head}|${more}|${title}|${plain}`);
    assert.match(
      title,
      /<label for="fields.title">Title &amp; name<\/label>.*value="&quot;&gt;&lt;script&gt;"/,
    );
  });

  it('escapes everything else, and markup in attributes', async () => {
    const { shown } = await formWith(
      {
        'box/edit.liquid':
          '<p title="{{ controls.title }}">{{ owner }}{{ owner | raw }}{{ site.styles.size }}</p>',
      },
      { variables: { owner: '<script>' } },
    );
    const [, attribute = ''] = /^<p title="([^"]*)">&lt;script&gt;&lt;script&gt;0<\/p>$/.exec(shown) ?? [];
    assert.match(attribute, /^&lt;div class=/);
  });

  it('takes prefix and links as the plain form does', async () => {
    const links = [{ type: 'page', label: 'Page', targets: [{ id: '1', label: 'One', url: '/one' }] }];
    const options = { prefix: 'mine', links };
    const { shown, plain } = await formWith({ 'box/edit.liquid': '{{ form }}' }, options);
    assert.equal(shown, plain);
    assert.match(shown, /name="mine.title".*<select id="mine.more" name="mine.more"/s);
  });

  it('shows partials beside the template, and no children', async () => {
    const { shown, plain } = await formWith({
      'box/edit.liquid': "{% render 'row', control: controls.title %}{% render_children %}",
      'box/row.liquid': '<li>{{ control }}</li>',
    });
    assert.equal(shown, `<li>${controlIn(plain, 'title')}</li>`);
  });

  it('is rendered with the template of the site first', async () => {
    const overrides = await siteFolder({ 'box/edit.liquid': 'of the site' });
    const site = { templates: [overrides] };
    const { shown } = await formWith({ 'box/edit.liquid': 'of the widget' }, {}, { site });
    assert.equal(shown, 'of the site');
  });

  it('loses nothing by what its template leaves out', async () => {
    for (const name of Object.keys(box.shape)) {
      const { site, shown } = await formWith({ 'box/edit.liquid': `{{ head }}{{ controls.${name} }}` });
      const sent = submissionOf(shown);
      assert.ok(sent.length > 0 && sent.every(([key]) => key.startsWith(`fields.${name}`)), name);
      assert.deepEqual(readWidgetForm(site, 'box', sent, KEPT), { status: 'read', fields: KEPT });
    }
    const { site } = await formWith({ 'box/edit.liquid': '{{ controls.title }}' });
    const answer = readWidgetForm(site, 'box', [['fields.title', 'Another']], KEPT);
    assert.deepEqual(answer, { status: 'read', fields: { ...KEPT, title: 'Another' } });
  });

  const failing: readonly [what: string, template: string, code: RenderFailureCode][] = [
    ['cannot be parsed', '{% if %}', 'template-failed'],
    ['has a tag that fails', 'before {% fail %}', 'template-failed'],
    ['shows a partial that is missing', "{% render 'gone' %}", 'template-missing'],
    ['shows a control as if it were a child', '{% render controls.title %}', 'template-failed'],
    [
      'takes for ever',
      '{% for a in (1..3000) %}{% for b in (1..3000) %}{% endfor %}{% endfor %}',
      'too-slow',
    ],
  ];
  for (const [what, template, code] of failing) {
    it(`is the plain form where its template ${what}, and that is told`, async () => {
      const engine = new Liquid({ extname: '.liquid' });
      engine.registerTag('fail', {
        render() {
          throw new Error('the tag failed');
        },
      });
      const { shown, plain, failures, folder } = await formWith(
        { 'box/edit.liquid': template },
        {},
        { options: { engine, limits: code === 'too-slow' ? { widgetMs: 30 } : {} } },
      );
      assert.equal(shown, plain);
      assert.deepEqual(
        failures.map((failure) => [failure.code, failure.widget, failure.type, failure.template]),
        [[code, undefined, 'box', join(folder, 'box/edit.liquid')]],
      );
    });
  }

  it('there is none for a type that the site does not have', async () => {
    const { renderer } = await rendererFor({ files: {} });
    const form = { type: 'gone', state: {}, errors: [] };
    await assert.rejects(renderWidgetForm(renderer, form), { code: 'name-unknown' });
  });
});
