import { formats } from './formats.ts';

/** The frame of the editor. */
export const app = {
  title: ({ page }: { page: string }) => `Edit ${page}`,
  editor: 'Editor',
  loading: 'The editor is being loaded.',
  backTo: ({ page }: { page: string }) => `Back to ${page}`,
  openForms: 'Open the forms',
  openFormsHelp: 'The same content as plain forms, which work without scripts.',
  viewOnSite: 'View on the site',
  aboutRegion: 'The page as a whole',
  pageDetails: 'Details of the page',
  pageDetailsHelp: 'Its title, address, menus and template, and what search engines read.',
  calloutDetails: 'Details of the call-out',
  calloutDetailsHelp: 'What it is called, and where it is used.',
  outlineRegion: 'Outline of the page',
  previewRegion: 'Preview of the page',
  formRegion: 'Form of the selected widget',
  form: 'Fields',
  toolbar: 'Tools of the editor',
  skipTo: ({ where }: { where: string }) => `Skip to ${where}`,
  showPanel: ({ panel }: { panel: string }) => `Show ${panel}`,
  hidePanel: ({ panel }: { panel: string }) => `Hide ${panel}`,
  resizePanel: ({ panel }: { panel: string }) => `Change the width of ${panel}`,
  more: 'More',
  close: 'Close',
  cancel: 'Cancel',
  done: 'Done',
  apply: 'Apply',
  delete: 'Delete',
  tryAgain: 'Try again',
  dismiss: 'Dismiss',
  details: 'Details',
  readOnly: 'You may read this page, but not change it.',
  failed: 'Something went wrong in the editor.',
  failedHelp: 'What you did is kept on this device. Load the page again to go on.',
  reload: 'Load again',
  language: 'Language',
};

/** Whether the work is saved. */
export const state = {
  saving: 'Saving',
  saved: ({ at }: { at: number }) => `Saved ${formats.clock(at)}`,
  nothingToSave: 'Everything is saved',
  waiting: ({ count }: { count: number }) =>
    formats.plural(count, { one: '# change is not saved yet', other: '# changes are not saved yet' }),
  offline: 'Offline, kept on this device',
  offlineHelp: 'You can go on working. Your changes are saved when the connection is back.',
  backOnline: 'The connection is back.',
  conflict: 'Conflict',
  conflicts: ({ count }: { count: number }) =>
    formats.plural(count, { one: '# conflict', other: '# conflicts' }),
  cannotSave: 'Cannot save',
  cannotSaveHelp: 'Your changes are kept on this device.',
  nextTry: ({ seconds }: { seconds: number }) =>
    formats.plural(seconds, { one: 'Next try in # second', other: 'Next try in # seconds' }),
  tryNow: 'Try now',
  notKept: 'This browser cannot keep changes. Leave the page open until all is saved.',
  signedOut: 'You are signed out. Sign in to save.',
  somebodyElse: ({ who }: { who: string }) => `Somebody else is signed in. Sign in as ${who} to save.`,
  signIn: 'Sign in',
  deleted: 'This page was deleted.',
  deletedHelp: 'Nothing more can be saved. Copy what you still need.',
  notAllowed: 'You may not see this page any more.',
  fellBehind: 'This tab was away for long. Load the page again to see what others did.',
  leaving: 'Some changes are not saved yet.',
  othersChanged: ({ who, what }: { who: string; what: string }) => `${who} changed ${what}.`,
  somebodyChanged: ({ what }: { what: string }) => `${what} was changed by somebody else.`,
};

/** Who else is here. */
export const presence = {
  title: 'Who is here',
  alone: 'Nobody else is here.',
  others: ({ count }: { count: number }) =>
    formats.plural(count, { one: '# other person is here', other: '# other people are here' }),
  isOn: ({ who, what }: { who: string; what: string }) => `${who} is on ${what}`,
  isHere: ({ who }: { who: string }) => `${who} is here`,
  came: ({ who }: { who: string }) => `${who} came.`,
  left: ({ who }: { who: string }) => `${who} left.`,
  you: 'You',
  yourOtherTab: 'You, in another tab',
  somebody: 'Somebody',
  goTo: ({ who }: { who: string }) => `Go to where ${who} is`,
};

/** What a tab that was closed or killed had not saved. */
export const recovery = {
  title: 'Changes that were not saved',
  found: ({ at, count }: { at: number; count: number }) =>
    `${formats.plural(count, { one: '# change', other: '# changes' })} of ${formats.moment(at)} could not be saved.`,
  recover: 'Recover',
  discard: 'Discard',
  discardSure: 'Discard these changes for good?',
  recovered: ({ count }: { count: number }) =>
    formats.plural(count, { one: '# change was recovered.', other: '# changes were recovered.' }),
  discarded: 'The changes were discarded.',
  someConflict: 'Some of them do not fit the page any more. You can choose.',
  unreadable: 'What was kept on this device cannot be read.',
};
