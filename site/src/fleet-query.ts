import type { Boat, BoatKind } from './boat.ts';
import { boats } from './boats.ts';

/** What a visitor asked the fleet page for; empty strings mean “any”. */
export interface FleetQuery {
  kind: BoatKind | '';
  people: number;
  words: string;
}

/** Reads the fleet filter from a query string, ignoring whatever makes no sense. */
export function readFleetQuery(query: URLSearchParams): FleetQuery {
  const kind = query.get('kind');
  const people = Number.parseInt(query.get('people') ?? '', 10);
  return {
    kind: kind === 'sail' || kind === 'row' || kind === 'electric' ? kind : '',
    people: people >= 1 && people <= 8 ? people : 1,
    words: (query.get('q') ?? '').trim().slice(0, 60),
  };
}

/** The boats that answer a query: the filter as it works without scripts. */
export function findBoats({ kind, people, words }: FleetQuery): Boat[] {
  const wanted = words.toLowerCase().split(/\s+/u).filter(Boolean);
  return boats.filter((one) => {
    const text = `${one.name} ${one.kindLabel} ${one.build} ${one.blurb}`.toLowerCase();
    return (
      (kind === '' || one.kind === kind) && one.seats >= people && wanted.every((word) => text.includes(word))
    );
  });
}
