import { effect, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Answer } from '../server/answer.ts';
import type { WidgetCosts } from '../server/editor-data.ts';
import type { Session } from '../session/session.ts';

/** Milliseconds after the last change before the costs are asked for anew: the whole page is rendered for it. */
export const COSTS_PAUSE_MS = 2_000;

/** What the widgets of the draft cost, as it was last asked for. */
export interface CostsSource {
  /** Undefined before it is known. */
  readonly costs: ReadonlySignal<WidgetCosts | undefined>;
  /** Whether the last request was not answered. */
  readonly isFailed: ReadonlySignal<boolean>;
  /** Asks now. */
  readonly load: () => Promise<void>;
  /** Asks now, and again whenever the draft has changed, until the function that is returned is called. */
  readonly watch: () => () => void;
}

/** Makes a source that asks with a function, such as `readCosts` at the address for it. */
export function createCostsSource(
  session: Pick<Session, 'acknowledged'>,
  read: () => Promise<Answer<WidgetCosts>>,
): CostsSource {
  const costs: Signal<WidgetCosts | undefined> = signal(undefined);
  const isFailed = signal(false);
  let isAsking = false;
  const load = async () => {
    if (isAsking) return;
    isAsking = true;
    const answer = await read();
    isAsking = false;
    isFailed.value = answer.kind !== 'done';
    if (answer.kind === 'done') costs.value = answer.value;
  };
  return {
    ...{ costs, isFailed, load },
    watch() {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const stop = effect(() => {
        const { sequence } = session.acknowledged.value;
        clearTimeout(timer);
        const known = costs.peek()?.sequence;
        if (known !== undefined && known >= sequence) return;
        timer = setTimeout(() => void load(), known === undefined ? 0 : COSTS_PAUSE_MS);
      });
      return () => {
        stop();
        clearTimeout(timer);
      };
    },
  };
}
