import { newWidget } from '../../tree/rules/new-widget.ts';
import type { Wrapper } from '../../tree/rules/violation.ts';
import type { Place } from '../../tree/tree.ts';
import type { TypeDescription } from '../../widgets/site-description.ts';
import { wrappedIn } from '../commands/insert.ts';
import type { CommandRefusal } from '../commands/refusal.ts';
import { type InsertRules, refusalAt, triedIds } from '../commands/try-insert.ts';

/** A type of which a new widget may stand at a place. */
export interface Offer {
  readonly type: TypeDescription;
}

/** A type of which none may, and why. */
export interface NoOffer {
  readonly type: TypeDescription;
  readonly refusal: CommandRefusal;
  /** The one type that could stand between, where that may be added with it. */
  readonly wrapper: Wrapper | undefined;
}

/** All types of a site, by whether a new widget of them may stand at a place. */
export interface Offers {
  readonly offered: readonly Offer[];
  readonly others: readonly NoOffer[];
}

/**
 * What is offered at a place, in the order of the labels, and what is not and why. Rules that are functions only the server can ask: it may
 * refuse more.
 */
export function offersAt(session: InsertRules, at: Place, language = 'en'): Offers {
  const collator = new Intl.Collator(language, { sensitivity: 'base', numeric: true });
  const offered: Offer[] = [];
  const others: NoOffer[] = [];
  for (const type of session.data.types.toSorted((a, b) => collator.compare(a.label, b.label))) {
    const widget = newWidget(session.catalogue, type.type, triedIds());
    // Every type that is described is in the catalogue: they are told together.
    if (widget === undefined) continue;
    const refusal = refusalAt(session, widget, at);
    if (refusal === undefined) offered.push({ type });
    else others.push({ type, refusal, wrapper: wrapperAt(session, type.type, refusal, at) });
  }
  return { offered, others };
}

function wrapperAt(
  session: InsertRules,
  type: string,
  refusal: CommandRefusal,
  at: Place,
): Wrapper | undefined {
  const wrapper = 'wrapper' in refusal ? refusal.wrapper : undefined;
  const newId = triedIds();
  const inner = newWidget(session.catalogue, type, newId);
  if (wrapper === undefined || inner === undefined) return undefined;
  return refusalAt(session, wrappedIn(session, inner, wrapper, newId), at) === undefined
    ? wrapper
    : undefined;
}
