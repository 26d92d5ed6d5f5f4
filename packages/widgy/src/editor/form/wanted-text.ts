import type { Operation } from '../../tree/operation.ts';
import { findWidget } from '../../tree/tree.ts';
import { labelOf } from '../commands/where.ts';
import { type LocalConflict, wantedOperations } from '../draft/index.ts';
import type { Session } from '../session/session.ts';
import { valueText } from './value-text.ts';

/** What somebody wanted whose change is in a conflict, in lines to be read and copied. */
export function wantedText(session: Session, conflict: LocalConflict): readonly string[] {
  return [...new Set(wantedOperations(conflict).flatMap((operation) => linesOf(session, operation)))];
}

function linesOf(session: Session, operation: Operation): readonly string[] {
  const { words, data, catalogue } = session;
  switch (operation.kind) {
    case 'set': {
      const widget = findWidget(session.tree.value, operation.id);
      const fields = data.types.find(({ type }) => type === widget?.type)?.fields ?? [];
      return Object.entries(operation.fields).map(([name, value]) => {
        const field = fields.find((known) => known.name === name);
        const text = field === undefined ? plainText(value) : valueText(field, value, words);
        return words.form.problemOf({ field: field?.label ?? name, problem: text });
      });
    }
    case 'insert':
    case 'wrap':
      return [labelOf(catalogue, operation.widget.type)];
    default:
      return [];
  }
}

function plainText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
