import { formats } from './formats.ts';

/** Finding pages, widgets, texts and commands: Ctrl+K. */
export const find = {
  title: 'Find',
  label: 'Find pages, widgets, texts and commands',
  hint: 'Type what you look for',
  pages: 'Pages',
  widgets: 'Widgets on this page',
  texts: 'Texts on this page',
  commands: 'Commands',
  problems: 'Problems',
  firstProblem: 'Go to the first problem',
  found: ({ count }: { count: number }) => formats.plural(count, { one: '# result', other: '# results' }),
  noneFound: ({ text }: { text: string }) => `Nothing was found for “${text}”.`,
  inField: ({ field, what }: { field: string; what: string }) => `in ${field} of ${what}`,
  openPage: ({ page }: { page: string }) => `Open ${page}`,
  pagesOffline: 'Pages cannot be searched while you are offline.',
  searching: 'Searching',
  more: ({ count }: { count: number }) => formats.plural(count, { one: '# more', other: '# more' }),
};

/** The list of shortcuts. */
export const shortcuts = {
  title: 'Shortcuts',
  intro: 'Single keys do nothing while you are writing or have selected text.',
  command: 'What it does',
  keys: 'Keys',
  everywhere: 'Everywhere',
  inOutline: 'In the outline',
  or: 'or',
  close: 'Close what is open',
  names: {
    alt: 'Alt',
    control: 'Ctrl',
    command: 'Command',
    option: 'Option',
    shift: 'Shift',
    enter: 'Enter',
    escape: 'Esc',
    delete: 'Delete',
    backspace: 'Backspace',
    tab: 'Tab',
    space: 'Space',
    home: 'Home',
    end: 'End',
    up: 'Up',
    down: 'Down',
    left: 'Left',
    right: 'Right',
    click: 'Click',
  },
};
