// Writes a seed file for `emdash seed` with the pages that BENCH_CONTENT names; or, with `people`, puts an administrator with a token into
// the database of the folder, as its set-up in a browser does.
import { readFileSync, writeFileSync } from 'node:fs';
import { hashPrefixedToken, Role } from '@emdash-cms/auth';
import Database from 'better-sqlite3';

const [what, file] = process.argv.slice(2);
if (what === 'people') addPeople(file);
else writeFileSync(file, JSON.stringify(seed(JSON.parse(readFileSync(process.env.BENCH_CONTENT, 'utf8')))));

function seed(pages) {
  return {
    version: '1',
    collections: [
      {
        slug: 'pages',
        label: 'Pages',
        supports: ['drafts', 'revisions'],
        urlPattern: '/{slug}',
        fields: [
          { slug: 'title', label: 'Title', type: 'string', required: true },
          { slug: 'content', label: 'Content', type: 'portableText' },
        ],
      },
    ],
    menus: [
      {
        name: 'primary',
        label: 'Primary',
        items: pages
          .filter(({ isInMenu }) => isInMenu)
          .map(({ slug, title }) => ({ type: 'custom', label: title, url: `/${slug}` })),
      },
    ],
    content: {
      pages: pages.map(({ slug, title, sections }) => ({
        ...{ id: slug, slug, status: 'published' },
        data: {
          title,
          content: sections.map((pieces) => block('section', { content: pieces.flatMap(blocksOf) })),
        },
      })),
    },
  };
}

function blocksOf(piece) {
  const { kind, ...fields } = piece;
  switch (kind) {
    case 'text':
      return piece.paragraphs.map((paragraph) => textBlock('normal', paragraph));
    case 'heading':
      return [textBlock('h2', piece.text)];
    case 'image':
      return [block('picture', fields)];
    case 'columns':
      return [block('columns', { left: piece.left.flatMap(blocksOf), right: piece.right.flatMap(blocksOf) })];
    default:
      return [block(kind, fields)];
  }
}

function textBlock(style, text) {
  return block('block', {
    style,
    markDefs: [],
    children: [{ _type: 'span', _key: newKey(), text, marks: [] }],
  });
}

function block(type, fields) {
  return { _type: type, _key: newKey(), ...fields };
}

function newKey() {
  return crypto.randomUUID().slice(0, 8);
}

function addPeople(path) {
  const database = new Database(path);
  const id = crypto.randomUUID();
  database
    .prepare('insert into users (id, email, name, role, email_verified) values (?, ?, ?, ?, 1)')
    .run(id, 'bench@example.org', 'Bench', Role.ADMIN);
  database
    .prepare(
      'insert into _emdash_api_tokens (id, name, token_hash, prefix, user_id, scopes) values (?, ?, ?, ?, ?, ?)',
    )
    .run(
      crypto.randomUUID(),
      'bench',
      hashPrefixedToken(process.env.BENCH_TOKEN),
      'ec_pat_',
      id,
      JSON.stringify(['admin']),
    );
  database
    .prepare("insert or replace into options (name, value) values ('emdash:setup_complete', 'true')")
    .run();
  database.close();
}
