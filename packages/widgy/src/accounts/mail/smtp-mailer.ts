import { WidgyError } from '../../errors.ts';
import { MAIL_TIMEOUT_MS } from '../limits.ts';
import { emailAddress, envelopeOf, type Mailer, type MailerOptions } from './mailer.ts';

/**
 * Sends mails over SMTP.
 *
 * @param url of the server: `smtps://user:password@mail.example.org`, or `smtp://…:587` for one that changes to TLS, which is required
 *   except on this machine
 * @throws WidgyError `accounts-invalid`; sending throws `mail-failed`
 */
export function smtpMailer(url: string, options: MailerOptions): Mailer {
  const { host, port, isSecure, auth } = serverOf(url);
  checkSender(options.from);
  const server = {
    host,
    port,
    secure: isSecure,
    requireTLS: !isSecure && !LOCAL.includes(host),
    ...(auth === undefined ? {} : { auth }),
    connectionTimeout: MAIL_TIMEOUT_MS,
    greetingTimeout: MAIL_TIMEOUT_MS,
    socketTimeout: MAIL_TIMEOUT_MS,
  };
  return {
    async send(message) {
      const envelope = envelopeOf(message, options);
      try {
        const { createTransport } = await import('nodemailer');
        await createTransport(server).sendMail(envelope);
      } catch (cause) {
        const why = cause instanceof Error ? cause.message : String(cause);
        throw new WidgyError('mail-failed', { message: `a mail was not sent: ${why}`, cause });
      }
    },
  };
}

const LOCAL: readonly string[] = ['localhost', '127.0.0.1', '::1'];

/** Found when a site starts: each mail would fail, and whoever waits for it would not learn why. */
function checkSender(from: string): void {
  if (emailAddress.safeParse(from).success && !from.endsWith('.invalid')) return;
  throw new WidgyError('accounts-invalid', {
    message: `mails cannot be sent from ${JSON.stringify(from)}`,
    help: 'Set MAIL_FROM to the address that mails are to come from, such as site@example.org.',
  });
}

/** The URL is not repeated in errors: it may hold a password. */
function serverOf(given: string) {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (url === undefined || url.hostname === '' || !/^smtps?:$/.test(url.protocol)) throw urlInvalid();
  const isSecure = url.protocol === 'smtps:';
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (isSecure ? 465 : 587) : Number(url.port),
    isSecure,
    auth: url.username === '' ? undefined : { user: decoded(url.username), pass: decoded(url.password) },
  };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch (error) {
    if (error instanceof URIError) throw urlInvalid();
    throw error;
  }
}

function urlInvalid(): WidgyError {
  return new WidgyError('accounts-invalid', {
    message: 'the URL of the mail server cannot be used',
    help: 'Write smtps://user:password@mail.example.org, with %40 for an @ in the user or the password.',
  });
}
