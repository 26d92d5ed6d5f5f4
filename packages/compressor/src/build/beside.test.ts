import assert from 'node:assert/strict';
import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { CompressorError, type ErrorCode } from '../errors.ts';
import { type BuildSite, createBuildSite, PICTURE } from '../testing/build-site.ts';
import type { Files } from '../testing/folder.ts';
import { createArtifact } from './artifact.ts';

const NAME = createArtifact('p.svg', PICTURE).name;
const SHEET = 'npm:the-site/widgets/show/style.css';

/** A site whose package can be found by its name, with much that is not for visitors. */
const SITE: Files = {
  'package.json': '{"name":"the-site","exports":{}}',
  '.env': 'SECRET=1',
  '.hidden/p.svg': PICTURE,
  'p.svg': PICTURE,
  'shared/p.svg': PICTURE,
  'shared/base.css': 'b{background:url(p.svg)}',
  'inner/package.json': '{"name":"inner"}',
  'inner/p.svg': PICTURE,
  'widgets/show/p.svg': PICTURE,
  'widgets/show/p.woff2': 'font',
  'widgets/show/p.cur': 'pointer',
  'widgets/show/render.liquid': 'private',
  'widgets/show/show.ts': 'private',
  'widgets/show/own.css': '.own{background:url(./p.svg)}',
  'widgets/show/.p.svg': PICTURE,
  'widgets/show/folder.svg/x': '',
};

async function siteWith(files: Files, staticFiles: Files = {}): Promise<BuildSite> {
  const site = await createBuildSite(staticFiles, { beside: { ...SITE, ...files } });
  const show = join(site.folder, 'widgets/show');
  await symlink('../../.env', join(show, 'secret.svg'));
  await symlink('.p.svg', join(show, 'to-hidden.svg'));
  await symlink('/etc/hostname', join(show, 'outside.svg'));
  await symlink('../../inner/p.svg', join(show, 'inner.svg'));
  await symlink('../../shared/p.svg', join(show, 'shared.svg'));
  return site;
}

describe('a style sheet of the site’s own package, outside the static folders', () => {
  const found: readonly (readonly [css: string, result: string])[] = [
    ['a{background:url(p.svg)}', 'a{background:url(P)}'],
    ['a{background:url("./p.svg#x")}', 'a{background:url(P#x)}'],
    ['a{b:image-set("p.svg" 1x)}', 'a{b:image-set("P" 1x)}'],
    ['a{background:url(../../shared/p.svg)}', 'a{background:url(P)}'],
    ['a{background:url(shared.svg)}', 'a{background:url(P)}'],
    ['a{background:url(npm:the-site/p.svg)}', 'a{background:url(P)}'],
    ['a{background:url(/static/s/p.svg)}', 'a{background:url(P)}'],
    ['a{background:url(../../static/s/p.svg)}', 'a{background:url(P)}'],
    ['@import "./own.css";', '.own{background:url(P)}'],
    ['@import "../../shared/base.css" print;', '@media print{b{background:url(P)}}'],
  ];
  test('names pictures and style sheets beside it', async () => {
    await using site = await siteWith({}, { 's/p.svg': PICTURE });
    for (const [index, [css, result]] of found.entries()) {
      const name = `widgets/show/case-${index}.css`;
      await site.write(`../${name}`, css);
      const { text, files } = await site.build('style', `npm:the-site/${name}`);
      const { name: picture = '' } = files[0] ?? {};
      assert.match(picture, /^(?:p|shared)\.[0-9a-f]{16}\.svg$/, css);
      assert.equal(files.length, 1, css);
      assert.equal(text.replaceAll(picture, 'P').replace(/url\("(P[^"]*)"\)/g, 'url($1)'), result);
    }
  });

  test('names fonts and mouse pointers beside it', async () => {
    await using site = await siteWith({
      'widgets/show/style.css': '@font-face{font-family:x;src:url(p.woff2)}a{cursor:url(p.cur),auto}',
    });
    const { files } = await site.build('style', SHEET);
    assert.deepEqual(files.map(({ bytes }) => bytes.toString()).sort(), ['font', 'pointer']);
  });

  test('is understood in Sass, and by its partials', async () => {
    await using site = await siteWith({
      'widgets/show/style.scss': '@use "../../shared/part"; .a { background: url(./p.svg) }',
      'shared/_part.scss': '.b { background: url(part.svg) } .c { background: url(p.woff2) }',
      'shared/part.svg': `${PICTURE}<!-- part -->`,
    });
    const { files } = await site.build('style', 'npm:the-site/widgets/show/style.scss');
    assert.deepEqual(files.map(({ name }) => name.replace(/\..*\./, '.')).sort(), [
      'p.svg',
      'p.woff2',
      'part.svg',
    ]);
    assert.ok(files.some(({ name }) => name === NAME));
  });

  test('is held by a partial in a static folder, whose pictures then are beside the style sheet', async () => {
    await using site = await siteWith(
      { 'widgets/show/style.scss': '@use "part";' },
      { '_part.scss': '.b { background: url(p.svg) }' },
    );
    const { files } = await site.build('style', 'npm:the-site/widgets/show/style.scss');
    assert.deepEqual(
      files.map(({ name }) => name),
      [NAME],
    );
  });

  test('holds small pictures itself where it may', async () => {
    const beside = { ...SITE, 'widgets/show/style.css': 'a{background:url(p.svg)}' };
    await using site = await createBuildSite({}, { beside, build: { dataUris: 1000 } });
    const { text, files } = await site.build('style', SHEET);
    assert.match(text, /url\("?data:image\/svg\+xml/);
    assert.deepEqual(files, []);
  });

  const refused: readonly (readonly [code: ErrorCode, css: string])[] = [
    ['reference-missing', 'a{b:url(none.svg)}'],
    ['source-is-directory', 'a{b:url(folder.svg)}'],
    ['path-outside-root', 'a{b:url(render.liquid)}'],
    ['path-outside-root', 'a{b:url(show.ts)}'],
    ['path-outside-root', 'a{b:url(own.css)}'],
    ['path-outside-root', 'a{b:url(../../package.json)}'],
    ['path-outside-root', 'a{b:url(../../.env)}'],
    ['path-outside-root', 'a{b:url(..%2f..%2f.env)}'],
    ['path-outside-root', 'a{b:url(npm:the-site/.env)}'],
    ['path-outside-root', 'a{b:url(npm:the-site/widgets/show/render.liquid)}'],
    ['path-outside-root', 'a{b:url(npm:the-site/.hidden/p.svg)}'],
    ['path-outside-root', 'a{b:url(.p.svg)}'],
    ['path-outside-root', 'a{b:url(../../.hidden/p.svg)}'],
    ['path-outside-root', 'a{b:url(../../inner/p.svg)}'],
    ['path-outside-root', 'a{b:url(../../../p.svg)}'],
    ['path-outside-root', 'a{b:url(secret.svg)}'],
    ['path-outside-root', 'a{b:url(to-hidden.svg)}'],
    ['path-outside-root', 'a{b:url(outside.svg)}'],
    ['path-outside-root', 'a{b:url(inner.svg)}'],
  ];
  test('names nothing else, and is told where it tried', async () => {
    await using site = await siteWith({});
    for (const [index, [code, css]] of refused.entries()) {
      const name = `widgets/show/case-${index}.css`;
      await site.write(`../${name}`, css);
      const error = await failureOf(site, `npm:the-site/${name}`);
      assert.equal(error.code, code, `${css}: ${error.message}`);
      assert.ok(error.message.startsWith(`./${name}:1:9: `), error.message);
    }
  });

  test('imports nothing hidden, and nothing that is no style sheet', async () => {
    const cases: readonly (readonly [code: ErrorCode, css: string])[] = [
      ['path-outside-root', '@import "../../.env";'],
      ['path-outside-root', '@import "secret.svg";'],
      ['transformer-missing', '@import "render.liquid";'],
      ['import-missing', '@import "none.css";'],
    ];
    await using site = await siteWith({});
    for (const [index, [code, css]] of cases.entries()) {
      const name = `widgets/show/case-${index}.css`;
      await site.write(`../${name}`, css);
      assert.equal((await failureOf(site, `npm:the-site/${name}`)).code, code, css);
    }
  });
});

test('a style sheet in a static folder, or inline, reaches nothing outside of it', async () => {
  await using site = await siteWith({}, { 'a.css': 'a{b:url(../widgets/show/p.svg)}' });
  const inline = { text: 'a{b:url(../widgets/show/p.svg)}', language: '.css' };
  for (const source of ['a.css', inline]) {
    const error = await failureOf(site, source);
    assert.equal(error.code, 'path-outside-root', error.message);
  }
});

test('a package that cannot be found by its name has nothing beside', async () => {
  const beside = {
    ...SITE,
    'package.json': '{"name":"the-site"}',
    'shared/_part.scss': '.b { background: url(p.svg) }',
  };
  await using site = await createBuildSite({ 'a.scss': '@use "../shared/part";' }, { beside });
  assert.equal((await failureOf(site, 'a.scss')).code, 'path-outside-root');
});

async function failureOf(
  site: BuildSite,
  source: Parameters<BuildSite['build']>[1],
): Promise<CompressorError> {
  try {
    await site.build('style', source ?? '');
  } catch (error) {
    if (error instanceof CompressorError) return error;
    throw error;
  }
  throw new Error(`${JSON.stringify(source)} was built`);
}
