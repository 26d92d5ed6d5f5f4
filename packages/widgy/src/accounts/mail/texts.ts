import { INVITATION_MS, RESET_TOKEN_MS } from '../limits.ts';

/** What a mail is about. */
export interface MailFacts {
  /** The name of the person. */
  readonly name: string;
  /** What the site is called; empty where it has no name. */
  readonly siteName: string;
  /** The address of the page where a password is set. */
  readonly link: string;
}

/** The subject and the text of each mail. */
export interface MailTexts {
  readonly reset: (facts: MailFacts) => { readonly subject: string; readonly text: string };
  readonly invite: (facts: MailFacts) => { readonly subject: string; readonly text: string };
}

const HOUR = 3_600_000;

/** The mails in English. */
export const mailTexts: MailTexts = {
  reset: ({ name, siteName, link }) => ({
    subject: `Set a new password${at(siteName)}`,
    text: [
      `Hello ${name},`,
      '',
      `somebody asked to set a new password for your account${at(siteName)}. This page does it:`,
      '',
      link,
      '',
      `It works once, within ${RESET_TOKEN_MS / HOUR} hour. If it was not you who asked, there is nothing to do: your password stays.`,
      '',
    ].join('\n'),
  }),
  invite: ({ name, siteName, link }) => ({
    subject: `Your account${at(siteName)}`,
    text: [
      `Hello ${name},`,
      '',
      `there is an account for you${at(siteName)}. Choose a password on this page:`,
      '',
      link,
      '',
      `It works once, within ${INVITATION_MS / HOUR} hours. Later, ask for a new password on the page where you sign in.`,
      '',
    ].join('\n'),
  }),
};

function at(siteName: string): string {
  return siteName === '' ? '' : ` at ${siteName}`;
}
