import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { envelopeOf, type Mailer, type MailerOptions } from './mailer.ts';

/** How mails are written into a folder. */
export interface FolderMailerOptions extends MailerOptions {
  readonly now?: () => number;
  /** Is told of each file that was written. */
  readonly onWritten?: (mail: { readonly to: string; readonly file: string }) => void;
}

/**
 * Writes each mail into a folder, as a file `….eml` that mail programs open: for development and tests. The folder is made when the first
 * mail is written; only the user that runs the site may read it. Files order by time. Their text stands there as it is, so that a link can
 * be copied from it.
 */
export function folderMailer(folder: string, options: FolderMailerOptions): Mailer {
  const { now = Date.now, onWritten } = options;
  return {
    folder: resolve(folder),
    async send(message) {
      const bytes = await composed(message.text, envelopeOf(message, options));
      const time = new Date(now()).toISOString().replaceAll(':', '-');
      const file = join(resolve(folder), `${time}-${randomUUID()}.eml`);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writeFile(file, bytes, { mode: 0o600, flag: 'wx' });
      onWritten?.({ to: message.to, file });
    },
  };
}

/**
 * A mail with its text as it was written. Its head is made of the same as any mail; a server on the way would want lines of 76 characters,
 * in which links are broken, but there is none.
 */
async function composed(text: string, envelope: ReturnType<typeof envelopeOf>): Promise<string> {
  const { createTransport } = await import('nodemailer');
  const transport = createTransport({ streamTransport: true, buffer: true });
  const { message } = await transport.sendMail({ ...envelope, text: 'short' });
  const [head = ''] = message.toString().split('\r\n\r\n');
  const own = head.replace(/^Content-Transfer-Encoding: .*$/im, 'Content-Transfer-Encoding: 8bit');
  return `${own}\r\n\r\n${text.replace(/\r\n?|\n/g, '\r\n')}`;
}
