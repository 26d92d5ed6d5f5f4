import { formats, widgets } from './formats.ts';

/** The outline: all widgets of the page. */
export const outline = {
  title: 'Outline',
  tree: 'Widgets of the page',
  name: ({ label, summary }: { label: string; summary: string }) =>
    summary === '' ? label : `${label}: ${summary}`,
  inSlot: ({ slot, parent }: { slot: string; parent: string }) => `${slot} of ${parent}`,
  expandAll: 'Open all',
  collapseAll: 'Close all',
  path: 'Where the selected widget stands',
  selected: ({ what }: { what: string }) => `${what} selected`,
  noneSelected: 'Nothing is selected',
  actions: ({ what }: { what: string }) => `Actions for ${what}`,
  dragHandle: ({ what }: { what: string }) => `Drag ${what}`,
  notShown: 'Not visible in the preview',
  unknownType: 'Unknown type: its code is missing. It can be seen and deleted.',
  leadsNowhere: 'A link in it leads nowhere',
  hasConflict: 'Conflict',
  emptyPage: 'This page is empty.',
  addFirst: 'Add the first widget',
  filter: 'Find in the outline',
  found: ({ count }: { count: number }) =>
    count === 0
      ? 'Nothing found'
      : formats.plural(count, { one: '# widget found', other: '# widgets found' }),
};

/** Choosing a type for a new widget. */
export const picker = {
  title: 'Add a widget',
  add: 'Add',
  addTo: ({ parent }: { parent: string }) => `Add a widget to ${parent}`,
  addBefore: ({ what }: { what: string }) => `Add a widget before ${what}`,
  addAfter: ({ what }: { what: string }) => `Add a widget after ${what}`,
  addBetween: ({ before, after }: { before: string; after: string }) =>
    `Add a widget between ${before} and ${after}`,
  addAtEnd: ({ parent }: { parent: string }) => `Add a widget at the end of ${parent}`,
  search: 'Search widgets',
  recent: 'Recently used',
  all: 'All widgets',
  none: 'No widget can be added here.',
  noneFound: ({ text }: { text: string }) => `No widget is called “${text}”.`,
  found: ({ count }: { count: number }) =>
    formats.plural(count, { one: '# widget to choose from', other: '# widgets to choose from' }),
  showOthers: 'Show widgets that cannot stand here',
  whyNot: 'Why not?',
  wrapIn: ({ wrapper }: { wrapper: string }) => `Wrap in ${wrapper}`,
  addWrapped: ({ what, wrapper }: { what: string; wrapper: string }) => `Add ${what} in ${wrapper}`,
  added: ({ what, place, of, parent }: { what: string; place: number; of: number; parent: string }) =>
    `Added ${what} as ${formats.number(place)} of ${formats.number(of)} in ${parent}`,
};

/** Moving widgets, and what is announced of it. */
export const moves = {
  moved: ({ what, place, of, parent }: { what: string; place: number; of: number; parent: string }) =>
    `Moved ${what} to ${formats.number(place)} of ${formats.number(of)} in ${parent}`,
  movedMany: ({ count, parent }: { count: number; parent: string }) => `Moved ${widgets(count)} to ${parent}`,
  moveToTitle: ({ what }: { what: string }) => `Move ${what} to`,
  places: 'Places it can go to',
  noPlaces: ({ what }: { what: string }) => `There is no other place for ${what}.`,
  before: ({ what }: { what: string }) => `Before ${what}`,
  inside: ({ parent }: { parent: string }) => `In ${parent}`,
  lastIn: ({ parent }: { parent: string }) => `Last in ${parent}`,
  itIsHere: 'It is here now',
  cannotUp: ({ what }: { what: string }) => `${what} cannot go further up.`,
  cannotDown: ({ what }: { what: string }) => `${what} cannot go further down.`,
  cannotOut: ({ what }: { what: string }) => `${what} cannot go further out.`,
  cannotIn: ({ what }: { what: string }) => `There is nothing before ${what} that it could go into.`,
  noDrop: 'It cannot be dropped here.',
  cancelled: ({ what }: { what: string }) => `Nothing moved. ${what} is where it was.`,
  removed: ({ what }: { what: string }) => `Deleted ${what}`,
  removedWith: ({ what, count }: { what: string; count: number }) =>
    `Deleted ${what} with ${widgets(count)} in it`,
  duplicated: ({ what }: { what: string }) => `Duplicated ${what}`,
  wrapped: ({ what, wrapper }: { what: string; wrapper: string }) => `Wrapped ${what} in ${wrapper}`,
  unwrapped: ({ what }: { what: string }) => `Took away ${what} and kept what was in it`,
};
