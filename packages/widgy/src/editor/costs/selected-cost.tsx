/** @jsxImportSource preact */
import { useEffect, useMemo } from 'preact/hooks';
import type { Session } from '../session/session.ts';
import { createCostsSource } from './costs-source.ts';
import { readCosts } from './read-costs.ts';
import { WidgetCost } from './widget-cost.tsx';

/** What the selected widget costs visitors. Nothing is asked for before something is selected. */
export function SelectedCost({ session }: { readonly session: Session }) {
  const widget = session.selection.value.ids.at(-1);
  return widget === undefined ? null : <CostOf session={session} widget={widget} />;
}

function CostOf({ session, widget }: { readonly session: Session; readonly widget: string }) {
  const { costs: url } = session.data.page.urls;
  const source = useMemo(() => createCostsSource(session, () => readCosts(url)), [session, url]);
  useEffect(() => source.watch(), [source]);
  return <WidgetCost session={session} source={source} widget={widget} />;
}
