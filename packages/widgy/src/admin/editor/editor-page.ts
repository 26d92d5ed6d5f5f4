import { knownLanguage, languageFor } from '../../accounts/index.ts';
import { readLiveCommit } from '../../database/live-commit.ts';
import { type Draft, readDraft } from '../../documents/index.ts';
import { ICONS } from '../../editor/parts/icons.ts';
import type { EditorData, EditorPage } from '../../editor/server/editor-data.ts';
import type { FileTaking } from '../../editor/server/media-data.ts';
import { wordsFor } from '../../editor/words/index.ts';
import { describeSite } from '../../http/describe-site.ts';
import { pictureTypes } from '../../media/file-types.ts';
import { MEDIA_TYPE } from '../../media/linkable.ts';
import { takenTypes } from '../../media/store.ts';
import { addressOfPath } from '../../pages/index.ts';
import { API_URL } from '../../server/api-url.ts';
import { wentWrong } from '../../server/error-pages.ts';
import { referencesOf } from '../../server/page-variables.ts';
import { formatTree } from '../../tree/format.ts';
import { ownerTitle } from '../documents/document-access.ts';
import type { DocumentCall } from '../documents/document-call.ts';
import { acceptOf } from '../media/upload-form.ts';
import { addressText } from '../words.ts';
import { jsonInPage } from './json-in-page.ts';

/** Shows the editor of a document, with all that it begins with. */
export async function showEditor(call: DocumentCall) {
  const { widgy, found, request, user, render } = call;
  const read = await readDraft(widgy.documents, found.document);
  if (read === undefined) return await render('error', { ...wentWrong(404) }, 404);
  const data = await editorData(call, read.state, read.draft);
  const { title, urls } = data.page;
  const language = languageFor(user.language, request.headers['accept-language']);
  const { app } = await wordsFor(language);
  return await render('editor', {
    ...{ title, language, urls, icons: ICONS, person: user.id },
    words: { loading: app.loading, without: app.withoutScripts, openForms: app.openForms },
    data: jsonInPage(data),
  });
}

/** All that the editor begins with. One statement, and at most two for each type of things that the draft links to. */
async function editorData(
  { widgy, found, author, user, may, mayUse }: DocumentCall,
  { head, hasChanges, hash }: DocumentCall['found']['state'],
  { document, sequence, tree }: Draft,
): Promise<EditorData> {
  const { documents, adminUrl, siteName } = widgy;
  const { database, now, isReviewed } = documents;
  const live = await readLiveCommit(database.kysely, { document, now: now(), isReviewed });
  const references = await referencesOf(widgy, tree, true);
  return {
    ...(await describeSite(documents, author)),
    ...{ api: API_URL, admin: adminUrl, siteName, document, sequence },
    tree: JSON.parse(formatTree(tree)),
    state: { head, hasChanges, hash, live: live?.commit ?? null },
    me: { id: user.id, name: user.name, language: knownLanguage(user.language ?? '') ?? null },
    page: pageOf(adminUrl, found, live !== undefined),
    mayEdit: mayUse('edit'),
    mayPublish: mayUse('publish'),
    accessibilityGate: widgy.accessibilityGate ?? null,
    files: may('media.upload') ? filesOf(widgy) : null,
    calloutRoot: may('callouts.edit') ? (widgy.callouts?.rootType ?? null) : null,
    referenceLabels: Object.fromEntries(Array.from(references, ([text, { label }]) => [text, label])),
  };
}

function pageOf(adminUrl: string, { document, owner }: DocumentCall['found'], isShown: boolean): EditorPage {
  const url = `${adminUrl}/documents/${document}`;
  const page = owner.kind === 'page' ? owner.page : undefined;
  return {
    kind: owner.kind,
    title: ownerTitle(owner),
    address: page === undefined ? null : addressText(page.path),
    isShown,
    urls: {
      preview: `${url}/preview`,
      parts: `${url}/preview/parts`,
      check: `${url}/preview/check`,
      costs: `${url}/costs`,
      shared: `${url}/shared`,
      uses: owner.kind === 'page' ? null : `${url}/shared/${owner.callout.id}`,
      content: `${url}/content`,
      history: `${url}/history`,
      compare: `${url}/compare`,
      publish: `${url}/content#publishing`,
      pages: owner.kind === 'page' ? `${adminUrl}/pages` : `${adminUrl}/callouts`,
      details:
        owner.kind === 'page'
          ? `${adminUrl}/pages/${owner.page.id}`
          : `${adminUrl}/callouts/${owner.callout.id}`,
      view: page !== undefined && isShown ? addressOfPath(page.path) : null,
    },
  };
}

function filesOf({ adminUrl, media }: DocumentCall['widgy']): FileTaking {
  return {
    type: MEDIA_TYPE,
    url: `${adminUrl}/media/add`,
    accept: acceptOf(takenTypes(media)),
    acceptPictures: acceptOf(pictureTypes),
  };
}
