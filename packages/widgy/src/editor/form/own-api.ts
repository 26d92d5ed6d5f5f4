import type { JsonValue } from '../../tree/json.ts';
import { isPlainObject } from '../../tree/problems.ts';
import { asJson, isJsonObject } from '../../widgets/fields/json-schema.ts';
import type { Answer } from '../server/answer.ts';
import type { EditorData } from '../server/editor-data.ts';
import { ask, REQUEST_MS } from '../server/request.ts';

/** The URL of the edit form of a widget in the API. */
export function formUrl({ api, document }: EditorData, widget: string): string {
  return `${api}/documents/${encodeURIComponent(document)}/widgets/${encodeURIComponent(widget)}/form`;
}

/** What the controls of a form are sent as, on the path without scripts. */
export function sentName(path: readonly PropertyKey[]): string {
  return ['fields', ...path].map(String).join('.');
}

/**
 * The form of a widget as the server prints it: a document in which nothing runs. Undefined where it does not answer with one.
 */
export async function readPrintedForm(url: string): Promise<Document | undefined> {
  try {
    const headers = { accept: 'text/html' };
    const signal = AbortSignal.timeout(REQUEST_MS);
    const response = await fetch(`${url}?format=html`, { headers, signal, redirect: 'error' });
    return response.ok ? new DOMParser().parseFromString(await response.text(), 'text/html') : undefined;
  } catch {
    // As with every other request, the network is nobody's mistake: the field says that it needs the server.
    return undefined;
  }
}

/** What a text of one control means. */
export type TextMeaning =
  | { readonly ok: true; readonly value: JsonValue }
  /** What the server has against it, in its words. */
  | { readonly ok: false; readonly refused: readonly string[] };

/** Asks the server what was typed into one control means. */
export function readTextMeaning(url: string, pointer: string, text: string): Promise<Answer<TextMeaning>> {
  const body = { texts: { [pointer]: text } };
  return ask({ method: 'POST', url, body }, ({ values, errors }): TextMeaning | undefined => {
    const read = asJson(values);
    if (isJsonObject(read) && Object.hasOwn(read, pointer)) {
      const value = read[pointer];
      return value === undefined ? undefined : { ok: true, value };
    }
    if (!Array.isArray(errors)) return undefined;
    const refused = errors
      .filter(isPlainObject)
      .flatMap(({ message }) => (typeof message === 'string' ? [message] : []));
    // An error without a sentence is nothing that could be told.
    return refused.length === 0 ? undefined : { ok: false, refused };
  });
}
