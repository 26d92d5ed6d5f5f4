import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { findWidget, type Tree } from '../../tree/tree.ts';
import type { Session } from '../session/session.ts';
import type { ToldCommit } from './commit.ts';
import { type Comparison, compareVersions } from './compare.ts';
import { widgetName } from './names.ts';
import type { VersionsApi } from './versions-api.ts';
import { whyNot } from './why-not.ts';

/** A version that can be looked at: the draft, or the number of a commit. */
export type VersionName = 'draft' | number;

/** Two versions, the older one first as a rule. */
export interface Pair {
  readonly from: VersionName;
  readonly to: VersionName;
}

/** The versions of the document, two of them compared, and the way back to one. */
export class Versions {
  /** Newest first, as far as they are loaded. */
  readonly commits: ReadonlySignal<readonly ToldCommit[]>;
  /** Whether there are older ones; undefined until the first are loaded. */
  readonly hasOlder: ReadonlySignal<boolean | undefined>;
  /** Why something could not be loaded or restored; undefined where all went well. */
  readonly failure: ReadonlySignal<string | undefined>;
  readonly isBusy: ReadonlySignal<boolean>;
  /** What is compared; undefined where there is nothing to compare with. */
  readonly pair: ReadonlySignal<Pair | undefined>;
  /** What is different; undefined until both versions are loaded. */
  readonly comparison: ReadonlySignal<Comparison | undefined>;
  readonly #session: Session;
  readonly #api: VersionsApi;
  readonly #commits: Signal<readonly ToldCommit[]> = signal([]);
  readonly #next: Signal<number | null | undefined> = signal(undefined);
  readonly #failure: Signal<string | undefined> = signal(undefined);
  readonly #isBusy: Signal<boolean> = signal(false);
  readonly #pair: Signal<Pair | undefined> = signal(undefined);
  readonly #trees: Signal<ReadonlyMap<number, Tree>> = signal(new Map());
  /** What was asked for and not answered: the same is asked for with the same key. */
  #asked: { readonly what: string; readonly key: string } | undefined;

  constructor(session: Session, api: VersionsApi) {
    this.#session = session;
    this.#api = api;
    this.commits = this.#commits;
    this.failure = this.#failure;
    this.isBusy = this.#isBusy;
    this.pair = this.#pair;
    this.hasOlder = computed(() => (this.#next.value === undefined ? undefined : this.#next.value !== null));
    this.comparison = computed(() => {
      const pair = this.#pair.value;
      const before = pair && this.treeOf(pair.from);
      const after = pair && this.treeOf(pair.to);
      return before && after ? compareVersions(session, before, after) : undefined;
    });
  }

  /** The tree of a version; undefined until it is loaded. */
  treeOf(version: VersionName): Tree | undefined {
    return version === 'draft' ? this.#session.tree.value : this.#trees.value.get(version);
  }

  /** Loads the next older versions. With the first of them, the draft is compared with what visitors see, or else with the newest. */
  async loadOlder(): Promise<void> {
    const next = this.#next.peek();
    if (next === null || this.#isBusy.peek()) return;
    this.#isBusy.value = true;
    const answer = await this.#api.commits(next);
    this.#isBusy.value = false;
    if (answer.kind !== 'done') {
      this.#failure.value = whyNot(answer, this.#session.words);
      return;
    }
    const { commits, next: older } = answer.value;
    this.#failure.value = undefined;
    this.#commits.value = [...this.#commits.peek(), ...commits];
    this.#next.value = older;
    // One that takes the document off the site has nothing of its own to show.
    const shown = commits.filter(({ isWithdrawal }) => !isWithdrawal);
    const from = shown.find(({ status }) => status === 'live') ?? shown[0];
    if (this.#pair.peek() === undefined && from !== undefined)
      await this.compare({ from: from.number, to: 'draft' });
  }

  /** Compares two versions. */
  async compare(pair: Pair): Promise<void> {
    this.#pair.value = pair;
    await Promise.all([this.load(pair.from), this.load(pair.to)]);
  }

  /** Loads the tree of a version, unless it is known. */
  async load(version: VersionName): Promise<void> {
    if (version === 'draft' || this.#trees.peek().has(version)) return;
    const answer = await this.#api.tree(version);
    if (answer.kind === 'done') {
      this.#trees.value = new Map([...this.#trees.peek(), [version, answer.value]]);
      this.#failure.value = undefined;
    } else this.#failure.value = whyNot(answer, this.#session.words);
  }

  /** Makes one widget of the draft what it was in a version, as a step that can be undone. */
  async restoreWidget(widget: string, commit: number): Promise<void> {
    const { history: words } = this.#session.words;
    const found = findWidget(this.#trees.peek().get(commit) ?? this.#session.tree.peek(), widget);
    const what = found === undefined ? '' : widgetName(this.#session, found);
    const hasChanged = await this.#restore(widget, commit, what);
    if (hasChanged === undefined) return;
    const told = { what, number: commit };
    this.#session.announcement.value = hasChanged ? words.restored(told) : words.alreadyRestored(told);
  }

  /** Makes the whole draft what a version has, as a step that can be undone. */
  async restorePage(commit: number): Promise<void> {
    const { history: words } = this.#session.words;
    await this.load(commit);
    const root = this.#trees.peek().get(commit)?.root;
    if (root === undefined) return;
    const hasChanged = await this.#restore(root.id, commit, words.version({ number: commit }));
    if (hasChanged !== undefined) this.#session.announcement.value = words.restoredPage({ number: commit });
  }

  /** Whether anything was to be done; undefined where it was refused, which is told. */
  async #restore(widget: string, commit: number, what: string): Promise<boolean | undefined> {
    const { words } = this.#session;
    if (this.#isBusy.peek()) return undefined;
    this.#isBusy.value = true;
    this.#failure.value = undefined;
    const done = await this.#askRestore(widget, commit);
    this.#isBusy.value = false;
    if ('why' in done) {
      this.#failure.value = words.history.cannotRestore(done);
      this.#session.announcement.value = this.#failure.value;
      return undefined;
    }
    if (done.hasChanged) this.#session.record({ kind: 'restore', what }, done.sequence);
    return done.hasChanged;
  }

  async #askRestore(widget: string, commit: number) {
    const { words } = this.#session;
    // What is done on the server is done to what the server has.
    if (!(await this.#session.flush())) return { why: words.publishing.notOffline };
    const what = `${widget} ${commit}`;
    if (this.#asked?.what !== what) this.#asked = { what, key: this.#session.newId() };
    const answer = await this.#api.restore({ key: this.#asked.key, widget, commit });
    if (answer.kind === 'done' || answer.kind === 'refused') this.#asked = undefined;
    return answer.kind === 'done' ? answer.value : { why: whyNot(answer, words) };
  }
}
