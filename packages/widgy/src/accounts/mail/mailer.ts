import { z } from 'zod';
import { WidgyError } from '../../errors.ts';
import { MAX_EMAIL_LENGTH } from '../limits.ts';

/** A mail to one person, as plain text. */
export interface MailMessage {
  /** The address, without a name. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** Sends mails: over SMTP, into a folder, or as a site has its own way. */
export interface Mailer {
  /** Sends a mail, or hands it to what sends it. It throws when it cannot. */
  send(message: MailMessage): Promise<void>;
  /** The folder in which mails are left, absolute; there for a mailer that sends nothing to anybody. */
  readonly folder?: string;
}

/** What a mail is sent from. */
export interface MailerOptions {
  /** The address that mails come from, without a name. */
  readonly from: string;
}

/** An address that a mail can be sent to: one, without a name, without what would end a header. */
export const emailAddress = z.email().max(MAX_EMAIL_LENGTH);

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
const BREAKS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g;

/**
 * A mail as nodemailer takes it. Its addresses are handed over as values, so nothing in them is read as a list; its subject is one line;
 * no file and no URL is ever read for it.
 *
 * @throws WidgyError `mail-invalid`
 */
export function envelopeOf({ to, subject, text }: MailMessage, { from }: MailerOptions) {
  for (const [what, address] of [
    ['to', to],
    ['from', from],
  ] as const) {
    if (emailAddress.safeParse(address).success) continue;
    throw new WidgyError('mail-invalid', { message: `a mail has no address as "${what}"` });
  }
  return {
    from: { name: '', address: from },
    to: { name: '', address: to },
    subject: subject.replace(BREAKS, ' ').trim(),
    text,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}
