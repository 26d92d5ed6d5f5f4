import { Changed, Committed, DocumentState } from '../../src/http/schemas/documents.ts';
import type { Api } from './api-fixture.ts';
import { type Rounds, startRounds } from './rounds-fixture.ts';

/** Editions of a page, which somebody publishes one after the other. */
export interface Editions {
  /** The newest that somebody has asked to be published. */
  sent(): number;
  /** The newest of which a server has said that it is published. */
  published(): number;
  /** Publishes another edition; gives its number when a server has said that it is published. */
  next(): Promise<number>;
  /** Publishes one after the other from now on. What goes wrong is added to `failures`. */
  start(failures: string[]): Rounds;
}

/** Milliseconds between two editions. */
const PAUSE = 150;

/** @param widget the one that says which edition it is */
export function editionsOf(api: Api, document: string, widget: string): Editions {
  const at = `/documents/${document}`;
  let [sent, published] = [0, 0];
  const next = async () => {
    const number = sent + 1;
    const operations = [{ kind: 'set', id: widget, fields: { text: `Edition ${number}` }, unset: [] }];
    const { sequence: seen } = await api.get(at, DocumentState);
    const { sequence } = await api.post(`${at}/changes`, { after: seen, operations }, Changed);
    sent = number;
    await api.post(`${at}/commits`, { after: sequence, publishAt: 'now' }, Committed);
    published = number;
    return number;
  };
  return {
    sent: () => sent,
    published: () => published,
    next,
    start: (failures) =>
      startRounds(1, PAUSE, async () => {
        await next().catch((error: unknown) => failures.push(String(error)));
      }),
  };
}
