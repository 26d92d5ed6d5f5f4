/** @jsxImportSource preact */
import { useEffect, useMemo } from 'preact/hooks';
import { findWidget } from '../../tree/tree.ts';
import { SidePanel } from '../app/side-panel.tsx';
import { labelOf } from '../commands/where.ts';
import { goToWidget } from '../history/go-to.ts';
import { widgetName } from '../history/names.ts';
import type { Session } from '../session/session.ts';
import type { Surface } from '../session/surface.ts';
import { createCostsSource } from './costs-source.ts';
import { costOf, type Ranked, type RankedType, type RankedWidget, rank } from './rank.ts';
import { readCosts } from './read-costs.ts';

/** What the costs need. */
export interface CostsProps {
  readonly session: Session;
  readonly surface: Surface;
}

/** Widgets that are listed by the time that they take. */
const LISTED_WIDGETS = 20;

/** What the page costs its visitors: all of it, the selected widget, and what is most expensive. */
export function Costs({ session, surface }: CostsProps) {
  const { words, data } = session;
  const { costs: texts } = words;
  const source = useMemo(
    () => createCostsSource(session, () => readCosts(data.page.urls.costs)),
    [session, data],
  );
  useEffect(() => source.watch(), [source]);
  const costs = source.costs.value;
  return (
    <SidePanel
      words={words}
      title={texts.title}
      name="costs"
      side="start"
      onClose={() => {
        surface.dialog.value = undefined;
      }}
    >
      <div role="status">
        {costs === undefined && !source.isFailed.value ? <p>{texts.loading}</p> : null}
        {source.isFailed.value ? (
          <p class="message error">
            {texts.cannotLoad}{' '}
            <button type="button" class="compact" onClick={() => void source.load()}>
              {words.app.tryAgain}
            </button>
          </p>
        ) : null}
      </div>
      {costs === undefined ? null : (
        <>
          <Whole session={session} ranked={rank(session.tree.value, costs)} />
          <Selected session={session} costs={costs} />
          <Lists session={session} surface={surface} ranked={rank(session.tree.value, costs)} />
        </>
      )}
    </SidePanel>
  );
}

function Whole({ session, ranked }: { readonly session: Session; readonly ranked: Ranked }) {
  const { costs: texts } = session.words;
  const { style, script, ms } = ranked.total;
  return (
    <section aria-label={texts.ofPage}>
      <h3>{texts.ofPage}</h3>
      <dl class="cost-figures">
        <Figure what={texts.styles} much={texts.bytes({ bytes: style })} />
        <Figure what={texts.scripts} much={texts.bytes({ bytes: script })} />
        <Figure what={texts.render} much={texts.milliseconds({ ms })} />
      </dl>
      <p class="small muted">
        {texts.compressed} {ranked.isPartial ? texts.partial : ''}
      </p>
    </section>
  );
}

function Selected({
  session,
  costs,
}: {
  readonly session: Session;
  readonly costs: Parameters<typeof costOf>[2];
}) {
  const { words } = session;
  const { costs: texts } = words;
  const tree = session.tree.value;
  const id = session.selection.value.ids.at(-1);
  const widget = id === undefined ? undefined : findWidget(tree, id);
  if (widget === undefined) return null;
  const title = texts.ofWidget({ what: widgetName(session, widget) });
  const { type, count, ms } = costOf(tree, widget, costs);
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <dl class="cost-figures">
        {type?.style == null ? null : (
          <Figure what={texts.styles} much={texts.bytes({ bytes: type.style })} />
        )}
        {type?.script == null ? null : (
          <Figure what={texts.scripts} much={texts.bytes({ bytes: type.script })} />
        )}
        {ms === undefined ? null : <Figure what={texts.render} much={texts.milliseconds({ ms })} />}
      </dl>
      <p class="small muted">
        {type?.style === 0 && type.script === 0
          ? texts.none
          : texts.sharedByType({ label: labelOf(session.catalogue, widget.type), count })}
      </p>
    </section>
  );
}

function Figure({ what, much }: { readonly what: string; readonly much: string }) {
  return (
    <div>
      <dt>{what}</dt>
      <dd>{much}</dd>
    </div>
  );
}

function Lists({ session, surface, ranked }: CostsProps & { readonly ranked: Ranked }) {
  const { costs: texts } = session.words;
  const { types } = ranked;
  const widgets = ranked.widgets.slice(0, LISTED_WIDGETS);
  return (
    <section aria-label={texts.most}>
      <h3>{texts.most}</h3>
      {types.length === 0 ? null : (
        <>
          <h4>{texts.byBytes}</h4>
          <ul class="cost-list">
            {types.map((each) => (
              <TypeRow key={each.type} session={session} most={types[0]?.bytes ?? 0} ranked={each} />
            ))}
          </ul>
        </>
      )}
      <h4>{texts.byTime}</h4>
      <ol class="cost-list">
        {widgets.map((each) => (
          <WidgetRow
            key={each.widget.id}
            session={session}
            surface={surface}
            most={widgets[0]?.ms ?? 0}
            ranked={each}
          />
        ))}
      </ol>
    </section>
  );
}

function TypeRow({
  session,
  most,
  ranked: { type, count, bytes },
}: {
  readonly session: Session;
  readonly most: number;
  readonly ranked: RankedType;
}) {
  const { costs: texts } = session.words;
  const label = labelOf(session.catalogue, type);
  return (
    <li>
      <span>{count === 1 ? label : texts.sharedByType({ label, count })}</span>
      <span class="cost-much">{texts.bytes({ bytes })}</span>
      <Bar share={most === 0 ? 0 : bytes / most} />
    </li>
  );
}

function WidgetRow({
  session,
  surface,
  most,
  ranked: { widget, ms },
}: CostsProps & { readonly most: number; readonly ranked: RankedWidget }) {
  const { costs: texts } = session.words;
  return (
    <li>
      <button type="button" class="as-link" onClick={() => goToWidget(session, surface, widget.id)}>
        {widgetName(session, widget)}
      </button>
      <span class="cost-much">{texts.milliseconds({ ms })}</span>
      <Bar share={most === 0 ? 0 : ms / most} />
    </li>
  );
}

/** How much it is of the most; the figure beside it says the same. */
function Bar({ share }: { readonly share: number }) {
  return (
    <span class="cost-bar" aria-hidden="true">
      <span style={{ width: `${Math.round(share * 100)}%` }} />
    </span>
  );
}
