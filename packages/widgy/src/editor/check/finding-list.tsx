/** @jsxImportSource preact */
import { pointerTo } from '../../tree/problems.ts';
import { findWidget } from '../../tree/tree.ts';
import { goToWidget } from '../history/go-to.ts';
import { fieldOfType, widgetName } from '../history/names.ts';
import type { Session } from '../session/session.ts';
import type { Surface } from '../session/surface.ts';
import type { CheckedNode, CheckFinding } from './check-message.ts';
import { adviceOf, bySeverity, countOf } from './findings.ts';

/** What was found, the worst first. The rules are explained in English, which is what they are written in. */
export function Findings({
  session,
  surface,
  findings,
}: {
  readonly session: Session;
  readonly surface: Surface;
  readonly findings: readonly CheckFinding[];
}) {
  const { check: texts } = session.words;
  const count = countOf(findings);
  return (
    <>
      <p class="check-count">
        <strong>{count === 0 ? texts.none : texts.found({ count })}</strong>
      </p>
      <p class="small muted">{texts.noneHelp}</p>
      {count === 0 ? null : (
        <ul class="findings">
          {bySeverity(findings).map(({ rule, impact, help, helpUrl, nodes }) => (
            <li key={rule} class="finding">
              <h3>
                {impact === null ? null : <span class={`impact ${impact}`}>{texts.impact[impact]}</span>}{' '}
                <span lang="en">{help}</span>
              </h3>
              <ul>
                {nodes.map((node) => (
                  <Place
                    key={`${node.widget} ${node.target}`}
                    session={session}
                    surface={surface}
                    node={node}
                  />
                ))}
              </ul>
              <a href={helpUrl} target="_blank" rel="noreferrer">
                {texts.more}
                <span class="hidden-text">: {help}</span>
              </a>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Place({
  session,
  surface,
  node: { widget, field, target, summary },
}: {
  readonly session: Session;
  readonly surface: Surface;
  readonly node: CheckedNode;
}) {
  const { check: texts } = session.words;
  const found = widget === null ? undefined : findWidget(session.tree.value, widget);
  const advice = adviceOf(summary);
  return (
    <li>
      {found === undefined ? (
        <p>{texts.notInWidget}</p>
      ) : (
        <button
          type="button"
          class="as-link"
          onClick={() =>
            goToWidget(session, surface, found.id, field === undefined ? undefined : pointerTo([field]))
          }
        >
          {nameOf(session, found, field)}
        </button>
      )}
      <details>
        <summary>{session.words.app.details}</summary>
        <ul lang="en" class="small">
          {advice.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
        <code class="small">{target}</code>
      </details>
    </li>
  );
}

function nameOf(
  session: Session,
  widget: NonNullable<ReturnType<typeof findWidget>>,
  field: string | undefined,
): string {
  const { check: texts } = session.words;
  const what = widgetName(session, widget);
  if (field === undefined) return texts.open({ what });
  return texts.openField({ what, field: fieldOfType(session, widget.type, field)?.label ?? field });
}
