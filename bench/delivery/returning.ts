import { readdir, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { compressSite, type ResolvedConfig, resolveConfig, silentLogger } from '@widgy/compressor';
import { peersFolder } from '../peers.ts';
import { createSite } from '../site.ts';

/** A bundle of a library and the site's own code. */
interface Bundle {
  readonly name: string;
  readonly kind: 'css' | 'js';
  /** The site's own file, before and after a change of one line. */
  readonly own: { readonly file: string; readonly before: string; readonly after: string };
  /** Elements of the block. */
  readonly markup: string;
}

/** What visitors download of a bundle of which one line changed, in bytes. */
export interface Download {
  readonly name: string;
  readonly plain: number;
  readonly brotli: number;
  readonly dcb: number;
  readonly dcz: number;
}

const script = (file: string) => `<script src="{% static '${file}' %}"></script>`;
const bundles: readonly Bundle[] = [
  {
    name: 'Bootstrap, CSS',
    kind: 'css',
    own: { file: 'site.css', before: '.own { color: teal }', after: '.own { color: navy }' },
    markup: `<link rel="stylesheet" href="{% static 'css/bootstrap.css' %}"><link rel="stylesheet" href="{% static 'site.css' %}">`,
  },
  {
    name: 'Lodash and Bootstrap, scripts',
    kind: 'js',
    own: { file: 'site.js', before: 'document.title = "one";', after: 'document.title = "another";' },
    markup: `<script src="npm:lodash/lodash.js"></script>${script('js/bootstrap.bundle.js')}${script('site.js')}`,
  },
  {
    name: 'React DOM, a module',
    kind: 'js',
    own: {
      file: 'main.js',
      before: 'import { createRoot } from "react-dom/client"; createRoot(document.body).render("one");',
      after: 'import { createRoot } from "react-dom/client"; createRoot(document.body).render("another");',
    },
    markup: `<script type="module" src="{% static 'main.js' %}"></script>`,
  },
];

/** A site with a bundle, in a folder whose packages are those of the peers. */
export async function siteOf({ kind, own, markup }: Bundle) {
  const site = await createSite({
    [`static/${own.file}`]: own.before,
    'templates/page.liquid': `{% compress ${kind} file bundle %}${markup}{% endcompress %}`,
  });
  await symlink(join(peersFolder, 'node_modules'), join(site.folder, 'node_modules'));
  const config = resolveConfig(
    {
      mode: 'offline',
      static: { roots: ['static', 'npm:bootstrap/dist'] },
      cache: false,
      logger: silentLogger,
    },
    site.folder,
  );
  return { site, config };
}

/** The bundle that the server of the load is asked for. */
export const [, served] = bundles;

/** Publishes each bundle, changes a line, publishes it again, and looks at what is there. */
export async function downloads(): Promise<Download[]> {
  const found: Download[] = [];
  for (const bundle of bundles) {
    const { site, config } = await siteOf(bundle);
    await using _site = site;
    await publish(config);
    await writeFile(join(site.folder, 'static', bundle.own.file), bundle.own.after);
    const name = await publish(config);
    const sizes = await sizesBeside(join(config.output.directory, name));
    found.push({ name: bundle.name, ...sizes });
  }
  return found;
}

/** Compresses a site with one bundle; gives the name of that. */
export async function publish(config: ResolvedConfig): Promise<string> {
  const { artifacts, diagnostics, isDone } = await compressSite(config);
  const bundle = artifacts.find(({ name }) => /^bundle\.[0-9a-f]{16}\.\w+$/.test(name));
  if (!isDone || bundle === undefined) throw new Error(JSON.stringify(diagnostics));
  return bundle.name;
}

async function sizesBeside(path: string): Promise<Omit<Download, 'name'>> {
  const names = await readdir(dirname(path));
  const sizeOf = async (suffix: RegExp): Promise<number> => {
    const name = names.find((one) => {
      const file = join(dirname(path), one);
      return file.startsWith(path) && suffix.test(file.slice(path.length));
    });
    return name === undefined ? Number.NaN : (await stat(join(dirname(path), name))).size;
  };
  return {
    plain: await sizeOf(/^$/),
    brotli: await sizeOf(/^\.br$/),
    dcb: await sizeOf(/\.dcb$/),
    dcz: await sizeOf(/\.dcz$/),
  };
}
