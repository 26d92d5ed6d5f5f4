import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Config } from '../../config/config.ts';
import { compressFiles } from '../../testing/offline-site.ts';
import { startSite } from '../../testing/site.ts';
import { block } from '../contract.ts';

const style = (name: string) => `<link rel="stylesheet" href="{% static '${name}.css' %}">`;

const FILES = {
  'static/site.css': 'a { color: red }',
  'static/page.css': 'b { color: blue }',
  'static/dark.css': 'c { color: black }',
  'static/light.css': 'c { color: white }',
  'static/menu.js': 'globalThis.menu = 1;',
  'static/logo.svg': '<svg/>',
  'templates/base.njk': `<head>${block(`${style('site')}{% block css %}{% endblock %}`)}</head>{% block main %}{% endblock %}`,
  'templates/macros.njk': `{% macro menu(label) %}<nav>{{ label }}</nav>{% compress js %}<script src="{% static 'menu.js' %}"></script>{% endcompress %}{% endmacro %}`,
  'templates/home.njk': `{% extends "base.njk" %}{% from "macros.njk" import menu %}
{% block css %}{{ super() }}${style('page')}{% endblock %}
{% block main %}{% set themes %}{% for theme in themes %}${block('<link rel="stylesheet" href="{{ static(theme ~ \'.css\') }}">')}{% endfor %}{% endset %}{{ themes | safe }}{{ menu(user) }}<img src="{{ static('logo.svg') }}">{% endblock %}`,
};

const CONFIG: Config = {
  templates: { engine: 'nunjucks' },
  offline: { context: { themes: async () => ['dark', 'light'] }, onMiss: 'error' },
};

describe('a site with Nunjucks templates', () => {
  it('shows the same in all modes, offline from its manifest', async () => {
    const { folder: made, findings, result } = await compressFiles(FILES, CONFIG);
    await using folder = made;
    assert.deepEqual(findings, []);
    // Of the layout, alone and with the page in it; of the themes; of the macro.
    assert.deepEqual([result.analysis.blocks, result.recipes], [3, 5]);
    for (const mode of ['development', 'in-request', 'offline'] as const) {
      await using site = await startSite(folder, { ...CONFIG, mode });
      const html = await site.compressor.render('home', { themes: ['dark', 'light'], user: '<Ada>' });
      assert.match(html, /<nav>&lt;Ada&gt;<\/nav>.*<img src="\/static\/logo\.[0-9a-f]{16}\.svg">/s);
      assert.doesNotMatch(html, /compress|[\u{FDD0}\u{FDD1}]/u);
      const urls = [...html.matchAll(/(?:href|src)="([^"]+\.(?:css|js))"/g)].map(([, url = '']) => url);
      const contents = await Promise.all(urls.map(async (url) => (await site.get(url)).text));
      for (const [index, part] of EXPECTED[mode].entries()) assert.match(contents[index] ?? '', part);
      assert.deepEqual(site.log, []);
    }
  });
});

const BUNDLES = [/red.*#00f/s, /#000/, /#fff/, /menu/];
const EXPECTED: Readonly<Record<'development' | 'in-request' | 'offline', readonly RegExp[]>> = {
  development: [/EventSource/, /red/, /#00f/, /#000/, /#fff/, /menu/],
  'in-request': BUNDLES,
  offline: BUNDLES,
};
