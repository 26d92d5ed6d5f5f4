import { Changed } from '../../src/http/schemas/documents.ts';
import type { Api } from './api-fixture.ts';
import { type Rounds, startRounds } from './rounds-fixture.ts';

/** What editors have done. */
export interface Edits {
  /** The ids of the widgets of which a server has said that they were added, with the numbers of these changes. */
  readonly acknowledged: ReadonlyMap<string, number>;
  readonly failures: readonly string[];
}

/** Editors who add one widget after the other to the draft of a document. */
export interface Editors extends Rounds {
  /** What they have done until now. */
  done(): Edits;
}

/** Milliseconds between two edits of one editor. */
const PAUSE = 60;

/** @param parent the widget with the column that they add to */
export function startEditors(api: Api, count: number, document: string, parent: string): Editors {
  const acknowledged = new Map<string, number>();
  const failures: string[] = [];
  const seen = new Map<number, number>();
  const rounds = startRounds(count, PAUSE, async (editor, round) => {
    const id = `editor-${editor}-${round}`;
    const widget = { id, type: 'tide', fields: { text: `Tide ${id}` } };
    const operations = [{ kind: 'insert', widget, at: { parent, slot: 'main' } }];
    const wanted = { after: seen.get(editor) ?? 0, operations };
    try {
      const { sequence } = await api.post(`/documents/${document}/changes`, wanted, Changed);
      acknowledged.set(id, sequence);
      seen.set(editor, sequence);
    } catch (error) {
      failures.push(`${id}: ${String(error)}`);
    }
  });
  return { ...rounds, done: () => ({ acknowledged, failures }) };
}
