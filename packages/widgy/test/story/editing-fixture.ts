import assert from 'node:assert/strict';
import type { AdminPage, Person } from '../../src/admin/person-fixture.ts';

/** Makes a page, with a widget of the site's own that says something, and publishes it, with the forms of the administration. */
export async function publishPage(person: Person, title: string, text: string): Promise<AdminPage> {
  const details = { 'fields.title': title, 'fields.menus': 'main' };
  const made = shown(await person.press(await person.get('/pages/new'), 'Make the page', details));
  const edited = await addWidget(person, made, 'Tide', { 'fields.text': text });
  return shown(await person.press(edited, 'Publish'));
}

/** Adds a widget to the column of a page whose content is shown; gives the page with its content. */
export async function addWidget(
  person: Person,
  content: AdminPage,
  label: string,
  fields: Readonly<Record<string, string>>,
): Promise<AdminPage> {
  const add = content.links.find(({ text }) => /^Add to /.test(text));
  assert.ok(add, content.text);
  const form = shown(await person.press(shown(await person.get(add.href)), `Add ${label}`));
  return shown(await person.press(form, 'Save', fields));
}

/** Has a page shown by another template. */
export async function useTemplate(person: Person, title: string, template: string): Promise<void> {
  const details = await follow(person, await contentOf(person, title), 'Details');
  const saved = shown(await person.press(details, 'Save', { 'fields.template': template }));
  assert.match(saved.text, /was saved/);
}

/** The id of the document of a page. */
export async function documentOf(person: Person, title: string): Promise<string> {
  const { url } = await contentOf(person, title);
  const [, document] = /^\/admin\/documents\/([\w-]+)\/content$/.exec(url) ?? [];
  assert.ok(document, url);
  return document;
}

/** The content of a page, to be edited. */
async function contentOf(person: Person, title: string): Promise<AdminPage> {
  return await follow(person, shown(await person.get('/pages')), title);
}

async function follow(person: Person, { url, links }: AdminPage, text: string): Promise<AdminPage> {
  const link = links.find((one) => one.text === text);
  assert.ok(link, `${url} has no link “${text}”`);
  return shown(await person.get(link.href));
}

/** A page that was shown as it was asked for. */
export function shown(page: AdminPage): AdminPage {
  assert.equal(page.status, 200, `${page.url}: ${page.text}`);
  return page;
}
