/** @jsxImportSource preact */
import { labelOf } from '../commands/where.ts';
import { goToWidget } from '../history/go-to.ts';
import { widgetName } from '../history/names.ts';
import type { Session } from '../session/session.ts';
import type { Surface } from '../session/surface.ts';
import type { Ranked, RankedType, RankedWidget } from './rank.ts';

/** What the lists need. */
export interface CostListsProps {
  readonly session: Session;
  readonly surface: Surface;
  readonly ranked: Ranked;
}

/** Widgets that are listed by the time that they take. */
const LISTED_WIDGETS = 20;

/** What is most expensive: types by what they ship, and widgets by the time that they take. */
export function CostLists({ session, surface, ranked }: CostListsProps) {
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
}: Omit<CostListsProps, 'ranked'> & { readonly most: number; readonly ranked: RankedWidget }) {
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
