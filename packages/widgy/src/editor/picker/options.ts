import type { Wrapper } from '../../tree/rules/violation.ts';
import type { TypeDescription } from '../../widgets/site-description.ts';
import type { CommandRefusal } from '../commands/refusal.ts';
import type { Offers } from './offers.ts';
import { searchTypes } from './search-offers.ts';

/** Something to choose in the picker, or to read why it cannot be chosen. */
export type PickerOption = { readonly key: string; readonly type: TypeDescription } & (
  | { readonly kind: 'add' }
  /** May not stand at the place. */
  | { readonly kind: 'none'; readonly refusal: CommandRefusal }
  /** Adds it in a new widget of another type. */
  | { readonly kind: 'wrap'; readonly wrapper: Wrapper }
);

/** Options under one heading. */
export interface PickerGroup {
  readonly name: 'recent' | 'all' | 'others';
  readonly options: readonly PickerOption[];
}

/** What the picker shows. */
export interface PickerQuestion {
  readonly offers: Offers;
  /** Types that were added last, the newest first. */
  readonly recent: readonly string[];
  readonly typed: string;
  /** Whether types are wanted that cannot stand there. */
  readonly isWithOthers: boolean;
}

/**
 * The groups that the picker shows, none of them empty. Recent ones are a group while nothing was typed. Where nothing that is offered fits what was
 * typed, what fits it among the others is shown without being asked for: it says why it is not offered.
 */
export function pickerGroups({
  offers,
  recent,
  typed,
  isWithOthers,
}: PickerQuestion): readonly PickerGroup[] {
  const found = searchTypes(offers.offered, typed);
  const isSearch = typed.trim() !== '';
  const last = isSearch
    ? []
    : recent.flatMap((name) => offers.offered.find(({ type }) => type.type === name) ?? []);
  const others = isWithOthers || (isSearch && found.length === 0) ? searchTypes(offers.others, typed) : [];
  const groups: readonly PickerGroup[] = [
    { name: 'recent', options: last.map(({ type }) => ({ key: `recent-${type.type}`, type, kind: 'add' })) },
    { name: 'all', options: found.map(({ type }) => ({ key: `all-${type.type}`, type, kind: 'add' })) },
    {
      name: 'others',
      options: others.flatMap(({ type, refusal, wrapper }): readonly PickerOption[] => [
        { key: `none-${type.type}`, type, kind: 'none', refusal },
        ...(wrapper === undefined
          ? []
          : [{ key: `wrap-${type.type}`, type, kind: 'wrap', wrapper } as const]),
      ]),
    },
  ];
  return groups.filter(({ options }) => options.length > 0);
}
