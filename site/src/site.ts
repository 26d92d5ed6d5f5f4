import { permissionsFor } from 'widgy/accounts';
import { library, libraryKinds, unsafeHtml, unsafeKinds } from 'widgy/library';
import { defineSite, type WidgetType } from 'widgy/widgets';
import { booking } from '../widgets/booking/booking.ts';
import { call } from '../widgets/call/call.ts';
import { dayOut } from '../widgets/day-out/day-out.ts';
import { directions } from '../widgets/directions/directions.ts';
import { facts } from '../widgets/facts/facts.ts';
import { fleet } from '../widgets/fleet/fleet.ts';
import { fleetPicks } from '../widgets/fleet-picks/fleet-picks.ts';
import { hero } from '../widgets/hero/hero.ts';
import { history } from '../widgets/history/history.ts';
import { jobs } from '../widgets/jobs/jobs.ts';
import { log } from '../widgets/log/log.ts';
import { opening } from '../widgets/opening/opening.ts';
import { openingHours } from '../widgets/opening-hours/opening-hours.ts';
import { people } from '../widgets/people/people.ts';
import { terms } from '../widgets/terms/terms.ts';
import { thanks } from '../widgets/thanks/thanks.ts';

/** The widgets of the yard itself. */
export const yardWidgets = [
  ...[hero, opening, facts, fleetPicks, fleet, terms, dayOut, jobs, log, people, history, directions],
  ...[openingHours, call, booking, thanks],
];

/** The registry of the site with types beside its own. */
export function siteWith(types: readonly WidgetType[]) {
  return defineSite({
    folder: `${import.meta.dirname}/..`,
    widgets: [...library, unsafeHtml, ...yardWidgets, ...types],
    kinds: { ...libraryKinds, ...unsafeKinds },
    permissions: permissionsFor(),
  });
}

/** The registry of the site: the whole library, and the yard's own widgets. */
export const site = siteWith([]);
