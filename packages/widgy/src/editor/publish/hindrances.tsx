/** @jsxImportSource preact */
import { goToWidget } from '../history/go-to.ts';
import type { Session } from '../session/session.ts';
import type { Surface } from '../session/surface.ts';
import type { Hindrance } from './problems.ts';

/** What has to be mended, each with a way to it. */
export function Hindrances({
  session,
  surface,
  title,
  all,
}: {
  readonly session: Session;
  readonly surface: Surface;
  readonly title: string;
  readonly all: readonly Hindrance[];
}) {
  return (
    <section class="message error hindrances" aria-label={title}>
      <p>{title}</p>
      <ul>
        {all.map(({ widget, field, name, what }) => (
          <li key={`${widget} ${field} ${what}`}>
            <button
              type="button"
              class="as-link"
              onClick={() => {
                surface.dialog.value = undefined;
                goToWidget(session, surface, widget, field);
              }}
            >
              {what === '' ? name : session.words.form.problemOf({ field: name, problem: what })}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
