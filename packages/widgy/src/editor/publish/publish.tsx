/** @jsxImportSource preact */
import { useEffect, useMemo } from 'preact/hooks';
import { Sure } from '../history/sure.tsx';
import { versionsApi } from '../history/versions-api.ts';
import { Modal } from '../parts/modal.tsx';
import type { Session } from '../session/session.ts';
import type { Surface } from '../session/surface.ts';
import { AffectedAt } from '../share/affected.tsx';
import { AccessGate } from './access-gate.tsx';
import { Coming } from './coming.tsx';
import { Hindrances } from './hindrances.tsx';
import { PublishForm } from './publish-form.tsx';
import { Publishing } from './publishing.ts';
import { shownText, type Visitors } from './visitors.ts';

/** What the window for publishing needs. */
export interface PublishProps {
  readonly session: Session;
  readonly surface: Surface;
}

/** What visitors see of the document, and what can be done about it: publish now or later, take off the site, put the draft back. */
export function Publish({ session, surface }: PublishProps) {
  const { words, data } = session;
  const publishing = useMemo(
    () => new Publishing(session, versionsApi(data.api, data.document), surface),
    [session, data, surface],
  );
  useEffect(() => void publishing.look(), [publishing]);
  const looked = publishing.looked.value;
  const told = publishing.told.value;
  const address = addressOf(session);
  return (
    <Modal
      words={words}
      title={words.publishing.title}
      name="publish"
      onClose={() => {
        surface.dialog.value = undefined;
      }}
    >
      <div aria-live="polite">
        {told === undefined || told.text === '' ? null : (
          <p class={told.isDone ? 'message' : 'message error'}>
            {told.text}{' '}
            {told.isPublished && address !== undefined ? (
              <a href={address} target="_blank" rel="noreferrer">
                {words.app.viewOnSite}
              </a>
            ) : null}
          </p>
        )}
        {looked.kind === 'saving' ? <p>{words.publishing.saving}</p> : null}
        {looked.kind === 'loading' ? <p>{words.publishing.loading}</p> : null}
        {looked.kind === 'failed' ? (
          <p class="message error">
            {looked.why}{' '}
            <button type="button" class="compact" onClick={() => void publishing.look()}>
              {words.app.tryAgain}
            </button>
          </p>
        ) : null}
      </div>
      {told === undefined || told.missing.length === 0 ? null : (
        <Hindrances
          session={session}
          surface={surface}
          title={words.publishing.missingLinks}
          all={told.missing}
        />
      )}
      {looked.kind === 'found' ? <Found {...{ session, surface, publishing }} {...looked} /> : null}
    </Modal>
  );
}

function Found({
  session,
  surface,
  publishing,
  visitors,
  after,
}: PublishProps & {
  readonly publishing: Publishing;
  readonly visitors: Visitors;
  /** The number of the draft that was looked at. */
  readonly after: number;
}) {
  const { words, data } = session;
  const { publishing: texts } = words;
  const { state, pending, scheduled, mayPublish, mayUnpublish, mayDiscard } = visitors;
  const hindrances = publishing.hindrances.value;
  const hasConflicts = session.conflicts.value.length > 0;
  const isBusy = publishing.isBusy.value;
  // It was said right above.
  const hasJustPublished = publishing.told.value?.isPublished === true;
  const head = state.head?.number;
  const isFree = hindrances.length === 0 && !hasConflicts;
  const mayUndoThis = data.mayEdit && mayDiscard && head !== undefined;
  const form = <PublishForm key={head} words={words} publishing={publishing} pending={pending} />;
  return (
    <>
      <p class="publish-state" data-shown={visitors.shown.kind}>
        {shownText(visitors.shown, words)}
      </p>
      {mayDiscard ? (
        <p>
          {texts.hasChanges}{' '}
          <button
            type="button"
            class="compact"
            onClick={() => {
              surface.dialog.value = { kind: 'history', isComparing: true };
            }}
          >
            {texts.whatChanged}
          </button>
        </p>
      ) : null}
      {!data.mayPublish ? <p>{texts.notPermitted}</p> : null}
      {data.mayPublish && mayPublish && hasConflicts ? (
        <p class="message error">{texts.hasConflicts}</p>
      ) : null}
      {data.mayPublish && mayPublish && hindrances.length > 0 ? (
        <Hindrances
          session={session}
          surface={surface}
          title={texts.hasProblems({ count: hindrances.length })}
          all={hindrances}
        />
      ) : null}
      {data.mayPublish && !mayPublish && !hasJustPublished ? <p>{texts.nothingToPublish}</p> : null}
      {data.mayPublish && mayPublish && isFree ? (
        <>
          {data.page.urls.uses === null ? null : <AffectedAt words={words} url={data.page.urls.uses} />}
          {data.accessibilityGate === null ? (
            form
          ) : (
            <AccessGate key={after} session={session} surface={surface} least={data.accessibilityGate}>
              {form}
            </AccessGate>
          )}
        </>
      ) : null}
      <Coming
        session={session}
        all={scheduled}
        isBusy={isBusy}
        onSchedule={(commit, at) => void publishing.schedule(commit, at)}
      />
      {(data.mayPublish && mayUnpublish) || mayUndoThis ? (
        <section class="publish-more" aria-label={texts.otherActions}>
          {mayUndoThis ? (
            <Sure
              words={words}
              label={texts.discard}
              question={texts.discardSure({ number: head })}
              isBusy={isBusy}
              onSure={() => void publishing.discard()}
            />
          ) : null}
          {data.mayPublish && mayUnpublish ? (
            <Sure
              words={words}
              label={texts.unpublish}
              question={texts.unpublishSure}
              isBusy={isBusy}
              onSure={() => void publishing.unpublish()}
            />
          ) : null}
        </section>
      ) : null}
    </>
  );
}

/** Where visitors see the page; undefined for what has no address of its own. */
function addressOf({ data }: Session): string | undefined {
  const { address, urls } = data.page;
  if (urls.view !== null) return urls.view;
  return address === null ? undefined : address.split('/').map(encodeURIComponent).join('/');
}
