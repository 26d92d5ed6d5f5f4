import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { envelopeOf, type Mailer, type MailerOptions } from './mailer.ts';

/**
 * Writes each mail into a folder, as a file `….eml` that mail programs open: for development and tests. The folder is made when the first
 * mail is written; only the user that runs the site may read it. Files order by time.
 */
export function folderMailer(
  folder: string,
  options: MailerOptions & { readonly now?: () => number },
): Mailer {
  const { now = Date.now } = options;
  const transport = createTransport({ streamTransport: true, buffer: true });
  return {
    async send(message) {
      const { message: bytes } = await transport.sendMail(envelopeOf(message, options));
      const time = new Date(now()).toISOString().replaceAll(':', '-');
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writeFile(join(folder, `${time}-${randomUUID()}.eml`), bytes, { mode: 0o600, flag: 'wx' });
    },
  };
}
