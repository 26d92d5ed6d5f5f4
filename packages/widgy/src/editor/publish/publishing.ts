import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { ToldCommit } from '../history/commit.ts';
import type { PublishTime, VersionsApi } from '../history/versions-api.ts';
import { whyNot } from '../history/why-not.ts';
import type { Answer } from '../server/answer.ts';
import type { Session } from '../session/session.ts';
import type { Surface } from '../session/surface.ts';
import { type Hindrance, hindrancesOf, missingLinks } from './problems.ts';
import { type Visitors, visitorsOf } from './visitors.ts';

/** How far it has got that is looked up what visitors see. */
export type Looked =
  | { readonly kind: 'saving' }
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly why: string }
  /** `after`: the number of the draft that was looked at, of which all is saved. */
  | { readonly kind: 'found'; readonly visitors: Visitors; readonly after: number };

/** What was said to what was done last. */
export interface Told {
  readonly isDone: boolean;
  readonly text: string;
  /** Links that lead nowhere, where that was why. */
  readonly missing: readonly Hindrance[];
  /** Whether visitors see it now. */
  readonly isPublished: boolean;
}

/** What visitors see, and what is done about it: all that the window for it shows. */
export class Publishing {
  readonly looked: ReadonlySignal<Looked>;
  readonly told: ReadonlySignal<Told | undefined>;
  readonly isBusy: ReadonlySignal<boolean>;
  /** What has to be mended first. */
  readonly hindrances: ReadonlySignal<readonly Hindrance[]>;
  readonly #session: Session;
  readonly #api: VersionsApi;
  readonly #looked: Signal<Looked> = signal({ kind: 'saving' });
  readonly #told: Signal<Told | undefined> = signal(undefined);
  readonly #isBusy: Signal<boolean> = signal(false);
  /** What was asked for and not answered: the same is asked for with the same key. */
  #asked: { readonly what: string; readonly key: string } | undefined;

  constructor(session: Session, api: VersionsApi, { typed }: Pick<Surface, 'typed'>) {
    this.#session = session;
    this.#api = api;
    this.looked = this.#looked;
    this.told = this.#told;
    this.isBusy = this.#isBusy;
    this.hindrances = computed(() => hindrancesOf(session, session.tree.value, typed.value));
  }

  /** Saves everything, and looks up what visitors see. */
  async look(): Promise<void> {
    const { words, data, acknowledged } = this.#session;
    this.#looked.value = { kind: 'saving' };
    if (!(await this.#session.flush())) {
      this.#looked.value = { kind: 'failed', why: words.publishing.notOffline };
      return;
    }
    this.#looked.value = { kind: 'loading' };
    const after = acknowledged.peek().sequence;
    const [state, page] = await Promise.all([this.#api.state(), this.#api.commits()]);
    if (state.kind !== 'done' || page.kind !== 'done') {
      const failed = state.kind === 'done' ? page : state;
      this.#looked.value = { kind: 'failed', why: failed.kind === 'done' ? '' : whyNot(failed, words) };
      return;
    }
    const visitors = visitorsOf(state.value, page.value.commits, data.state.live);
    this.#looked.value = { kind: 'found', visitors, after };
  }

  /** Publishes the draft that was looked at, or the version that has all of it. */
  async publish(publishAt: 'now' | number, message: string): Promise<void> {
    const { publishing: words } = this.#session.words;
    const looked = this.#looked.peek();
    if (looked.kind !== 'found' || this.#session.conflicts.peek().length > 0) return;
    const { pending, state } = looked.visitors;
    const head = state.head?.number ?? null;
    const asked = { after: looked.after, head, message, publishAt };
    await this.#do(words.failed, async () =>
      pending === undefined
        ? await this.#api.commit({ key: this.#key(['commit', asked]), ...asked })
        : await this.#api.schedule(pending.number, { publishAt, seen: pending.publishAt }),
    );
    if (this.#told.peek()?.isDone !== true) return;
    const now = this.#looked.peek();
    const isShown = publishAt === 'now' && !(now.kind === 'found' && now.visitors.isWaiting);
    this.#say(
      publishAt !== 'now'
        ? words.scheduled({ at: publishAt })
        : isShown
          ? words.published
          : words.isWaitingForApproval,
      isShown,
    );
  }

  /** Gives something that is to come another time; null for none. */
  async schedule({ number, publishAt: seen }: ToldCommit, publishAt: PublishTime): Promise<void> {
    const { publishing: words } = this.#session.words;
    const text =
      typeof publishAt === 'number' ? words.timeChanged({ at: publishAt }) : words.scheduleCancelled;
    await this.#do(words.notDone, () => this.#api.schedule(number, { publishAt, seen }), text);
  }

  /** Takes the document off the site. */
  async unpublish(): Promise<void> {
    const { publishing: words } = this.#session.words;
    const looked = this.#looked.peek();
    const head = looked.kind === 'found' ? looked.visitors.state.head?.number : undefined;
    if (head === undefined) return;
    await this.#do(
      words.notDone,
      () => this.#api.withdraw({ key: this.#key(['withdraw', head]), head }),
      words.unpublished,
    );
  }

  /** Puts the draft back to the newest version, as a step that can be undone. */
  async discard(): Promise<void> {
    const { publishing: words } = this.#session.words;
    const looked = this.#looked.peek();
    const head = looked.kind === 'found' ? looked.visitors.state.head?.number : undefined;
    if (looked.kind !== 'found' || head === undefined) return;
    const asked = { after: looked.after, head };
    await this.#do(
      words.notDone,
      async () => {
        const answer = await this.#api.discard({ key: this.#key(['discard', asked]), ...asked });
        if (answer.kind === 'done' && answer.value.hasChanged)
          this.#session.record({ kind: 'discard' }, answer.value.sequence);
        return answer;
      },
      words.discarded,
    );
  }

  /** The key of a request: that of the one before, where that was the same and got no answer. */
  #key(request: unknown): string {
    const what = JSON.stringify(request);
    if (this.#asked?.what !== what) this.#asked = { what, key: this.#session.newId() };
    return this.#asked.key;
  }

  /** Does one thing, says what became of it, and looks up what visitors see then. */
  async #do(
    failed: (told: { readonly why: string }) => string,
    ask: () => Promise<Answer<unknown>>,
    done = '',
  ): Promise<void> {
    const { words, tree } = this.#session;
    if (this.#isBusy.peek()) return;
    this.#isBusy.value = true;
    this.#told.value = undefined;
    const answer = await ask();
    if (answer.kind === 'done' || answer.kind === 'refused') this.#asked = undefined;
    if (answer.kind === 'done') {
      this.#say(done, false);
      await this.look();
    } else {
      const missing =
        answer.kind === 'refused' && answer.problem.code === 'links-missing'
          ? missingLinks(this.#session, tree.peek(), answer.problem.details.links)
          : [];
      const text = failed({ why: whyNot(answer, words) });
      this.#told.value = { isDone: false, text, missing, isPublished: false };
      this.#session.announcement.value = text;
      if (answer.kind === 'refused' && missing.length === 0) await this.look();
    }
    this.#isBusy.value = false;
  }

  #say(text: string, isPublished: boolean): void {
    this.#told.value = { isDone: true, text, missing: [], isPublished };
    if (text !== '') this.#session.announcement.value = text;
  }
}
