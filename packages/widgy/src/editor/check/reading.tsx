/** @jsxImportSource preact */
import { goToWidget } from '../history/go-to.ts';
import type { Session } from '../session/session.ts';
import type { Surface } from '../session/surface.ts';
import { type Heading, listed } from './headings.ts';

/** What the reading mode needs. */
export interface ReadingProps {
  readonly session: Session;
  readonly surface: Surface;
  /** The headings of the page that the preview shows; see `headingsIn`. */
  readonly headings: readonly Heading[];
}

/** The headings of the page in their order, each with a way to its widget, and with what is skipped between them. */
export function Reading({ session, surface, headings }: ReadingProps) {
  const { preview: texts } = session.words;
  return (
    <section class="reading" aria-label={texts.reading}>
      <p class="small muted">{texts.readingHelp}</p>
      {headings.length === 0 ? <p>{texts.noHeadings}</p> : null}
      <ol class="headings">
        {listed(headings).map(({ level, text, widget, skipped }, at) => (
          <li key={`${at} ${text}`} data-level={Math.min(level, 6)}>
            {skipped === undefined ? null : (
              <p class="heading-skipped">{texts.skippedLevel({ level: skipped })}</p>
            )}
            <span class="heading-level" aria-hidden="true">
              {level}
            </span>
            <span class="hidden-text">{texts.headingLevel({ level })}: </span>
            {widget === undefined ? (
              <span>{text}</span>
            ) : (
              <button type="button" class="as-link" onClick={() => goToWidget(session, surface, widget)}>
                {text === '' ? texts.emptyHeading : text}
              </button>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
