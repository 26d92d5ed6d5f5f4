/** What moves a boat; also the value of the filter's `kind` field. */
export type BoatKind = 'sail' | 'row' | 'electric';

/** One boat of the hire fleet. Prices are whole pounds. */
export interface Boat {
  id: string;
  name: string;
  kind: BoatKind;
  kindLabel: string;
  build: string;
  year: number;
  seats: number;
  half: number;
  day: number;
  blurb: string;
  needs: string;
  alt: string;
}

const labels: Record<BoatKind, string> = { sail: 'Sailing', row: 'Rowing', electric: 'Electric' };

/** A boat from its facts; the label follows from the kind. */
export const boat = (kind: BoatKind, facts: Omit<Boat, 'kind' | 'kindLabel'>): Boat => ({
  ...facts,
  kind,
  kindLabel: labels[kind],
});
