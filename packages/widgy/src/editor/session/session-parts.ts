import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Operation } from '../../tree/operation.ts';
import type { IdMaker } from '../../tree/widget.ts';
import type { DraftCopy, StepLabel, Steps, TurnWay } from '../draft/index.ts';
import type { ToldState } from '../history/commit.ts';
import type { Answer } from '../server/answer.ts';
import type { Device } from '../server/device.ts';
import type { DraftApi, ToldPerson } from '../server/draft-api.ts';
import type { EditorData } from '../server/editor-data.ts';
import type { EventHandlers } from '../server/events.ts';
import { Contact } from './contact.ts';
import { Follower } from './follower.ts';
import { Keeper } from './keeper.ts';
import { Outbox } from './outbox.ts';
import { Presence } from './presence.ts';
import { savingStateOf } from './saving-state.ts';
import { Sender, type SenderState } from './sender.ts';
import type { SavingState } from './session.ts';
import { WorkingCopy } from './working-copy.ts';

/** What the parts of a session reach the world with. */
export interface PartsOptions {
  readonly data: EditorData;
  readonly newId: IdMaker;
  /** The id of this tab. */
  readonly client: string;
  /** What this tab begins with: the draft, or what it had before it was loaded again. */
  readonly start: { readonly copy: DraftCopy; readonly steps: Steps };
  readonly api: DraftApi;
  readonly device: Device;
  /** Listens to what happens to the draft; returns a function that ends that. */
  readonly listen: (after: () => number, handlers: EventHandlers) => () => void;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Calls a function after milliseconds; returns a function that calls that off. */
  readonly later: (ms: number, call: () => void) => () => void;
  /** Is told what should not have happened. */
  readonly report: (error: unknown) => void;
}

/** What the parts of a session ask it, and tell it. */
export interface PartsOwner {
  /** The widget that somebody is at; null for none. */
  readonly widget: () => string | null;
  /** Is told what each change of others does, before it is in the copy. */
  readonly onHeard: (operations: readonly Operation[]) => void;
  readonly onPeople: (people: readonly ToldPerson[]) => void;
  readonly onState: (state: ToldState) => void;
  readonly onConnected: () => void;
  /** Is told what the server did to take something back, or to do it again. */
  readonly onTurned: (operations: readonly Operation[]) => void;
  /** Is told what the server did not take back or do again. */
  readonly onNotTurned: (way: TurnWay, step: StepLabel) => void;
}

/** The parts of a session, each with a life of its own. */
export interface SessionParts {
  readonly work: WorkingCopy;
  readonly keeper: Keeper;
  readonly sender: Sender;
  readonly contact: Contact;
  readonly presence: Presence;
  readonly follower: Follower;
  readonly outbox: Outbox;
  readonly saving: ReadonlySignal<SavingState>;
}

/** Makes the parts of a session, and ties together those that need one another. */
export function makeParts(options: PartsOptions, owner: PartsOwner): SessionParts {
  const { data, newId, client, start, api, device, listen, later, report, now } = options;
  const work = new WorkingCopy({ start, report, onChange: () => keeper.soon() });
  const keeper = new Keeper({ device, document: data.document, client, later, text: () => work.text() });
  const sending: Signal<SenderState> = signal('idle');
  const sender = new Sender({
    later,
    // What should not happen is told, and tried again: nobody is to see that something is on its way for ever.
    send: () =>
      outbox.send()?.catch((error): Answer<never> => {
        report(error);
        return { kind: 'unreachable' };
      }),
    onState: (state) => {
      sending.value = state;
    },
  });
  const contact = new Contact(sender);
  const presence = new Presence({
    ...{ api, client, newId, later, widget: owner.widget },
    onAnswer: (answer) => contact.learn(answer),
  });
  const follower = new Follower({
    ...{ api, work, contact, sender, listen, later },
    ...{ onHeard: owner.onHeard, onPeople: owner.onPeople },
    ...{ onState: owner.onState, onConnected: owner.onConnected },
    // Whether the server is reached at all is asked at once.
    onLost: () => void presence.now(),
  });
  const outbox = new Outbox({
    ...{ api, work, keeper, contact, follower, now },
    ...{ onTurned: owner.onTurned, onNotTurned: owner.onNotTurned },
  });
  const saving = computed(() =>
    savingStateOf({
      ...{ ended: contact.ended.value, stranger: contact.stranger.value },
      ...{ isReached: contact.isReached.value, sending: sending.value, isKept: keeper.isKept.value },
      ...{ isWaiting: work.copy.value.waiting.length > 0, savedAt: outbox.savedAt.value },
    }),
  );
  return { work, keeper, sender, contact, presence, follower, outbox, saving };
}
