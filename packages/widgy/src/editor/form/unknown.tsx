/** @jsxImportSource preact */
import { findWidget } from '../../tree/tree.ts';
import type { Session } from '../session/session.ts';

/** What is known of a widget whose type the site does not have: its fields, to be read. */
export function UnknownForm({
  session,
  widget,
  type,
}: {
  readonly session: Session;
  readonly widget: string;
  readonly type: string;
}) {
  const { words } = session;
  const fields = findWidget(session.tree.value, widget)?.fields ?? {};
  return (
    <div class="form">
      <h2>{type}</h2>
      <p class="form-warning">{words.form.unknownType({ type })}</p>
      <p>{words.form.unknownTypeHelp}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard. */}
      <section class="form-scroll" tabIndex={0} aria-label={words.form.unknownTypeHelp}>
        <pre>{JSON.stringify(fields, undefined, 2)}</pre>
      </section>
    </div>
  );
}
