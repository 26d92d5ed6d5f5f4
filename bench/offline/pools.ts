import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** Files by name. */
type Pool = readonly (readonly [name: string, text: string])[];

/** 120 classic scripts: 20 of Bootstrap, 49 of Lodash, 51 of the examples of three. They are not made to run together. */
export function scriptPool(packages: string): Pool {
  const bootstrap = filesOf(join(packages, 'bootstrap/js/dist'), 'bootstrap');
  const lodash = filesOf(join(packages, 'lodash'), 'lodash', false).filter(
    ([name]) => !/\.(?:core|lodash)\.js$|\.min\.js$/.test(name),
  );
  const three = filesOf(join(packages, 'three/examples/js'), 'three');
  return [
    ...largest(bootstrap, 20),
    ...largest(lodash, 49),
    // Every other of the larger ones, so that they are of all kinds and sizes.
    ...largest(three, 102).filter((_, index) => index % 2 === 0),
  ];
}

/** 60 style sheets: 40 pieces of Bootstrap and 20 of Bulma, each with two pictures. */
export function stylePool(packages: string): Pool {
  const sheets = [
    ...pieces(readFileSync(join(packages, 'bootstrap/dist/css/bootstrap.css'), 'utf8'), 40, 'bootstrap'),
    ...pieces(readFileSync(join(packages, 'bulma/css/bulma.css'), 'utf8'), 20, 'bulma'),
  ];
  const names = pictures(packages).map(([name]) => name);
  return sheets.map(([name, text], index) => {
    const rules = [0, 1].map(
      (each) =>
        `.picture-${index}-${each} { background: url("../img/${names[(index * 2 + each) % names.length]}"); }`,
    );
    return [name, `${text}\n${rules.join('\n')}\n`];
  });
}

/** The pictures that Bootstrap keeps in its style sheet, as files. */
export function pictures(packages: string): Pool {
  const css = readFileSync(join(packages, 'bootstrap/dist/css/bootstrap.css'), 'utf8');
  const found = new Set([...css.matchAll(/data:image\/svg\+xml,([^"]*)/g)].map(([, svg = '']) => svg));
  return [...found].map((svg, index) => [`picture-${index}.svg`, decodeURIComponent(svg)]);
}

function filesOf(folder: string, prefix: string, recursive = true): Pool {
  return readdirSync(folder, { recursive, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.js'))
    .map((entry): readonly [string, string] => [
      `${prefix}.${basename(entry.parentPath)}.${entry.name}`,
      readFileSync(join(entry.parentPath, entry.name), 'utf8'),
    ])
    .filter(([, text]) => text.length <= LARGEST && !/^\s*(?:import|export)\b/m.test(text));
}

/** The largest, in the order of their names. */
function largest(pool: Pool, count: number): Pool {
  const bySize = [...pool].sort(([a, one], [b, other]) => other.length - one.length || (a < b ? -1 : 1));
  return bySize.slice(0, count).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Cuts a style sheet between rules into pieces of about one size, and takes so many. */
function pieces(css: string, count: number, prefix: string): Pool {
  const size = Math.min(Math.ceil(css.length / count), 7000);
  const found: string[] = [];
  let start = css.startsWith('@charset') ? css.indexOf(';') + 1 : 0;
  let depth = 0;
  for (let index = start; index < css.length && found.length < count; index += 1) {
    if (css[index] === '{') depth += 1;
    if (css[index] !== '}') continue;
    depth -= 1;
    if (depth === 0 && index - start >= size - 1200) {
      found.push(css.slice(start, index + 1).replace(/\/\*#.*?\*\//g, ''));
      start = index + 1;
    }
  }
  return found.map((text, index) => [`${prefix}-${index}.css`, text.trim()]);
}

/** Larger files are libraries of their own. */
const LARGEST = 20_000;
