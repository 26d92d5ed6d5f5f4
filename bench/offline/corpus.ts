import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { peersFolder } from '../peers.ts';
import { targets } from '../targets.ts';
import { pictures, scriptPool, stylePool } from './pools.ts';
import { type Random, seeded } from './random.ts';

const TEMPLATES = 200;
const SCRIPTS_IN_BLOCK = 10;
const STYLES_IN_BLOCK = 5;

/**
 * Writes a site that only exists to be compressed, and the same for Django: 200 templates, each with a block of 10 scripts and one of 5 style sheets, out of pools of 120 and 60
 * files from real libraries. The same seed gives the same bytes.
 *
 * @param copies how many times as large; each copy has pools of its own, which differ from the others in a comment
 */
export function writeCorpus(folder: string, copies = 1): void {
  const scripts = scriptPool(join(peersFolder, 'node_modules'));
  const styles = stylePool(join(peersFolder, 'node_modules'));
  const write = (name: string, text: string) => {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text);
  };
  for (const [name, text] of pictures(join(peersFolder, 'node_modules'))) write(`static/img/${name}`, text);
  const scriptBlocks: string[][] = [];
  const styleBlocks: string[][] = [];
  for (let copy = 0; copy < copies; copy += 1) {
    const random = seeded(42 + copy);
    for (const [name, text] of scripts) write(`static/${inCopy('js', copy)}/${name}`, marked(text, copy));
    for (const [name, text] of styles) write(`static/${inCopy('css', copy)}/${name}`, marked(text, copy));
    for (let index = 0; index < TEMPLATES; index += 1) {
      const own = pick(scripts, SCRIPTS_IN_BLOCK, random).map(([name]) => `${inCopy('js', copy)}/${name}`);
      const sheets = pick(styles, STYLES_IN_BLOCK, random).map(([name]) => `${inCopy('css', copy)}/${name}`);
      scriptBlocks.push(own);
      styleBlocks.push(sheets);
      write(`templates/${inCopy('pages', copy)}/page-${index}.html`, template(own, sheets));
      write(
        `django/${inCopy('pages', copy)}/page-${index}.html`,
        `{% load compress static %}${template(own, sheets)}`,
      );
    }
  }
  write('compressor.config.mjs', CONFIG);
  // For those who look at no templates.
  write('blocks.json', JSON.stringify({ scriptBlocks, styleBlocks }));
  write('targets.json', JSON.stringify(targets.scripts));
  write('settings.py', readFileSync(new URL('settings.py', import.meta.url), 'utf8'));
}

function template(scripts: readonly string[], styles: readonly string[]): string {
  return `<!doctype html>
<title>{{ page.title }}</title>
{% compress css %}
${styles.map((name) => `<link rel="stylesheet" href="{% static '${name}' %}">`).join('\n')}
{% endcompress %}
<h1>{{ page.title }}</h1>
{% for item in items %}<p>{{ item.text }}</p>{% endfor %}
{% compress js %}
${scripts.map((name) => `<script src="{% static '${name}' %}"></script>`).join('\n')}
{% endcompress %}
`;
}

const CONFIG = `export default {
  mode: 'offline',
  templates: { roots: ['templates'], extensions: ['.html'] },
  static: { url: '/static/', roots: ['static'] },
  output: { directory: 'assets', url: '/assets/' },
  offline: { manifest: 'manifest.json' },
};
`;

function inCopy(name: string, copy: number): string {
  return copy === 0 ? name : `${name}-${copy}`;
}

/** Files of different copies are different files. */
function marked(text: string, copy: number): string {
  return copy === 0 ? text : `${text}\n/* copy ${copy} */\n`;
}

/** So many different items, in the order they were drawn. */
function pick<T>(items: readonly T[], count: number, random: Random): T[] {
  const rest = [...items];
  return Array.from({ length: count }, () => rest.splice(Math.floor(random() * rest.length), 1)).flat();
}
