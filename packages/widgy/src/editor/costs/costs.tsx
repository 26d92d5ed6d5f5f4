/** @jsxImportSource preact */
import { useEffect, useMemo } from 'preact/hooks';
import { findWidget } from '../../tree/tree.ts';
import { labelOf } from '../commands/where.ts';
import { widgetName } from '../history/names.ts';
import { SidePanel } from '../parts/side-panel.tsx';
import type { Session } from '../session/session.ts';
import type { Surface } from '../session/surface.ts';
import { CostLists } from './cost-lists.tsx';
import { createCostsSource } from './costs-source.ts';
import { costOf, type Ranked, rank } from './rank.ts';
import { readCosts } from './read-costs.ts';

/** What the costs need. */
export interface CostsProps {
  readonly session: Session;
  readonly surface: Surface;
}

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
          <CostLists session={session} surface={surface} ranked={rank(session.tree.value, costs)} />
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
