import { formats } from './formats.ts';

/** The frame of the editor. */
export const app = {
  editor: 'Editor',
  backTo: ({ page }: { page: string }) => `Back to ${page}`,
  openForms: 'Open the forms',
  loading: 'The editor is being loaded.',
  withoutScripts: 'The editor needs scripts, which this browser does not run.',
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
  more: 'More',
  close: 'Close',
  cancel: 'Cancel',
  tryAgain: 'Try again',
  dismiss: 'Dismiss',
  details: 'Details',
  failed: 'Something went wrong in the editor.',
  failedHelp: 'What you did is kept on this device. Load the page again to go on.',
};

/** Whether the work is saved. */
export const state = {
  saving: 'Saving',
  saved: ({ at }: { at: number }) => `Saved ${formats.clock(at)}`,
  nothingToSave: 'Everything is saved',
  offline: 'Offline, kept on this device',
  conflicts: ({ count }: { count: number }) =>
    formats.plural(count, { one: '# conflict', other: '# conflicts' }),
  notKept: 'This browser cannot keep changes. Leave the page open until all is saved.',
  signedOut: 'You are signed out. Sign in to save.',
  somebodyElse: ({ who }: { who: string }) => `Somebody else is signed in. Sign in as ${who} to save.`,
  signIn: 'Sign in',
  deleted: 'This page was deleted.',
  notAllowed: 'You may not see this page any more.',
};

/** Who else is here. */
export const presence = {
  title: 'Who is here',
  isOn: ({ who, what }: { who: string; what: string }) => `${who} is on ${what}`,
  isHere: ({ who }: { who: string }) => `${who} is here`,
  yourOtherTab: 'You, in another tab',
  somebody: 'Somebody',
};

/** What a tab that was closed or killed had not saved. */
export const recovery = {
  title: 'Changes that were not saved',
  found: ({ at, count }: { at: number; count: number }) =>
    `${formats.plural(count, { one: '# change', other: '# changes' })} of ${formats.moment(at)} could not be saved.`,
  recover: 'Recover',
  discard: 'Discard',
};
