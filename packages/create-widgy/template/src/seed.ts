import { createFirstAdministrator, listUsers } from 'widgy/accounts';
import { commitDraft, trustedAuthor } from 'widgy/documents';
import { createPage } from 'widgy/pages';
import type { Widgy } from 'widgy/server';

/** Who signs in first. Change it in the administration, or here before the first start. */
const ADMINISTRATOR = { email: 'admin@example.com', name: 'Admin' };

const HOME = {
  id: 'root',
  type: 'one-column',
  children: [
    {
      id: 'intro',
      type: 'text',
      slot: 'main',
      fields: {
        text: '<p>This page is made of widgets. This text is one, and so is the quote below it. Sign in to change them.</p>',
      },
    },
    {
      id: 'quote',
      type: 'quote',
      slot: 'main',
      fields: {
        text: 'A page that says one thing well is worth ten that say everything.',
        by: 'Whoever made this one',
      },
    },
    {
      id: 'next',
      type: 'text',
      slot: 'main',
      fields: {
        text: '<h2>What is where</h2><ul><li><code>widgets/quote</code> is a widget of the site’s own</li><li><code>templates</code> and <code>static/site.css</code> are its theme</li><li><code>src/settings.ts</code> has what can be changed for all pages at once</li></ul>',
      },
    },
  ],
};

/**
 * Gives a new database what a site begins with: a home page that is published, and the first administrator. Where there are people
 * already, nothing is done. Of two servers that start at once, one does it.
 */
export async function fillNewSite({
  accounts,
  pages,
  documents,
}: Widgy): Promise<{ readonly email: string; readonly password: string } | undefined> {
  const { users } = await listUsers(accounts, { limit: 1 });
  if (users.length > 0) return undefined;
  const author = trustedAuthor();
  const home = await createPage(
    pages,
    { id: 'home', title: 'Welcome', isHome: true, menus: ['main'], start: { tree: HOME } },
    author,
  );
  if (home.ok) {
    const { document, sequence } = home.draft;
    const published = await commitDraft(documents, document, { after: sequence }, author);
    if (!published.ok) throw new Error(published.refusal.what);
  } else if (home.refusal.code !== 'page-exists') throw new Error(home.refusal.what);
  const made = await createFirstAdministrator(accounts, ADMINISTRATOR);
  if (made.ok) return { email: made.user.email, password: made.password };
  if (made.refusal.code === 'administrator-exists') return undefined;
  throw new Error(made.refusal.what);
}
