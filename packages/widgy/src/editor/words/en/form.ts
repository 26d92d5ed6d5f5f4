import { formats, widgets } from './formats.ts';

/** The form of the selected widget. */
export const form = {
  title: ({ what }: { what: string }) => `Edit ${what}`,
  empty: 'Select a widget to edit it.',
  noFields: ({ what }: { what: string }) => `${what} has no fields.`,
  several: ({ count }: { count: number }) => `${widgets(count)} selected`,
  severalHelp:
    'They can be moved, copied, duplicated and deleted together. What you enter in a field that they have in common is put into all of them.',
  notEditable: ({ what }: { what: string }) => `There is nothing to edit in ${what} itself.`,
  notPermitted: ({ what }: { what: string }) => `You may not edit ${what}.`,
  loading: 'The form is being loaded.',
  required: 'required',
  problems: ({ count }: { count: number }) =>
    formats.plural(count, { one: '# problem in this form', other: '# problems in this form' }),
  problemOf: ({ field, problem }: { field: string; problem: string }) => `${field}: ${problem}`,
  characters: ({ count, limit }: { count: number; limit: number }) =>
    `${formats.number(count)} of ${formats.number(limit)} characters`,
  choose: 'Choose…',
  nothing: 'None',
  yes: 'Yes',
  no: 'No',
  addItem: ({ field }: { field: string }) => `Add to ${field}`,
  removeItem: ({ place, field }: { place: number; field: string }) =>
    `Remove ${formats.number(place)} from ${field}`,
  itemUp: ({ place, field }: { place: number; field: string }) =>
    `Move ${formats.number(place)} of ${field} up`,
  itemDown: ({ place, field }: { place: number; field: string }) =>
    `Move ${formats.number(place)} of ${field} down`,
  itemAdded: ({ place, field }: { place: number; field: string }) =>
    `Added ${formats.number(place)} to ${field}`,
  itemRemoved: ({ place, field }: { place: number; field: string }) =>
    `Removed ${formats.number(place)} from ${field}`,
  itemMoved: ({ place, of, field }: { place: number; of: number; field: string }) =>
    `Moved to ${formats.number(place)} of ${formats.number(of)} in ${field}`,
  noItems: 'Nothing yet',
  chooseLink: 'Choose what to link to',
  searchLink: 'Search pages, media and call-outs',
  linkMissing: 'What this links to is not there any more.',
  leadsNowhere: 'A link in this leads nowhere: the site does not have what it led to.',
  clearLink: 'Remove the link',
  clearMedia: 'Remove the picture',
  chooseMedia: 'Choose media',
  changeMedia: 'Choose other media',
  /** What a text of some kind has to be. */
  wanted: {
    colour: 'Enter a colour as “#” and six digits or letters from a to f, such as #1d4f5c.',
    address: 'Enter a path, or an address that begins with https, http, mailto or tel.',
    picture: 'Choose a picture, or enter an address that begins with “/”, “https://” or “http://”.',
    date: 'Enter the day, the month and the year.',
    time: 'Enter hours and minutes, such as 09:30.',
    'date-time': 'Enter the day and the time.',
    number: 'Enter a number, such as 12.5.',
    'whole-number': 'Enter a whole number.',
  },
  invalidFields: 'Not everything can be kept as it is:',
  notKept: 'What you typed is not in the draft yet. It stays here until it can be kept.',
  noLongerOffered: ({ value }: { value: string }) => `${value} (no longer offered)`,
  pickColour: ({ field }: { field: string }) => `Pick ${field}`,
  itemRemovedUndo: 'Put it back',
  add: 'Add',
  up: 'Up',
  down: 'Down',
  remove: 'Remove',
  typeAddress: 'Or an address',
  searchMedia: 'Search pictures',
  noneFound: 'Nothing is found.',
  hasMore: 'There are more than these. Search for a name.',
  found: ({ count }: { count: number }) => formats.plural(count, { one: '# found', other: '# found' }),
  needsServer: 'This needs a connection. It keeps what it has.',
  ownNeedsServer: 'This field can be edited when the connection is back.',
  unknownType: ({ type }: { type: string }) => `The site has no type “${type}” any more.`,
  unknownTypeHelp: 'The widget can be deleted, and nothing else. This is what its fields hold:',
  inCommon: 'In common',
  differs: 'Not the same in all',
  nothingInCommon: 'They have no field in common.',
  changedMeanwhile: 'Somebody else changed this field while you were writing in it.',
  editAgain: 'Edit yours again',
  goToConflict: 'Go to it',
  uncertain: ({ what }: { what: string }) =>
    `It cannot be found out whether your change of ${what} was saved.`,
  whatYouWanted: 'What you had changed',
  aWidget: 'A widget',
};

/** The tools of rich text. */
export const text = {
  toolbar: ({ field }: { field: string }) => `Tools for ${field}`,
  loading: 'The text editor is being loaded.',
  plainInstead: 'The text editor cannot be loaded. This is the text as HTML.',
  bold: 'Bold',
  italic: 'Italic',
  underline: 'Underlined',
  strike: 'Struck through',
  code: 'Code',
  paragraph: 'Paragraph',
  heading: ({ level }: { level: number }) => `Heading ${formats.number(level)}`,
  bulletList: 'List',
  numberedList: 'Numbered list',
  quote: 'Quotation',
  codeBlock: 'Block of code',
  rule: 'Line across',
  link: 'Link',
  linkAddress: 'Address of the link',
  removeLink: 'Remove the link',
  openLink: 'Open the link',
  clear: 'Remove the formatting',
  undo: 'Undo',
  redo: 'Redo',
  style: 'Style of the paragraph',
  notSupported: 'Some formatting cannot be kept here.',
  asHtml: 'Edit as HTML',
  asText: 'Edit as text',
};

/** The tools of fields with code. */
export const code = {
  label: ({ field, kind }: { field: string; kind: string }) => `${field}, ${kind}`,
  loading: 'The code editor is being loaded.',
  find: 'Find in this field',
  html: 'HTML',
  markdown: 'Markdown',
};
