import { WidgyError } from '../../errors.ts';
import type { Mailer } from './mailer.ts';
import { type MailTexts, mailTexts } from './texts.ts';

/** How mails to people of a site are sent. */
export interface MailDefinition {
  readonly mailer: Mailer;
  /** The address of the site: `https://example.org`. Links in mails begin with it, and with nothing that a request said. */
  readonly baseUrl: string;
  /** The paths of the pages where a password is set, below `baseUrl`. The token follows as `?token=`. Default: `/admin/reset` and `/admin/invitation`. */
  readonly paths?: { readonly reset: string; readonly invite: string };
  /** What mails say. Default: in English. */
  readonly texts?: Partial<MailTexts>;
}

/** The same, checked. */
export interface MailSetup {
  readonly mailer: Mailer;
  readonly texts: MailTexts;
  /** The address of a page with a token. */
  readonly link: (kind: 'reset' | 'invite', token: string) => string;
}

const DEFAULT_PATHS = { reset: '/admin/reset', invite: '/admin/invitation' } as const;

/** @throws WidgyError `accounts-invalid` */
export function openMail({ mailer, baseUrl, paths = DEFAULT_PATHS, texts }: MailDefinition): MailSetup {
  const base = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  const isUsable =
    base !== undefined && /^https?:$/.test(base.protocol) && base.username === '' && base.search === '';
  if (!isUsable || base.hash !== '') {
    throw new WidgyError('accounts-invalid', {
      message: `the base URL ${JSON.stringify(baseUrl)} cannot be used in mails`,
      help: 'Write the address of the site, such as https://example.org.',
    });
  }
  for (const path of [paths.reset, paths.invite]) {
    if (/^\/[\w./-]*$/.test(path) && !path.startsWith('//')) continue;
    throw new WidgyError('accounts-invalid', { message: `the path ${JSON.stringify(path)} cannot be used` });
  }
  const start = base.href.replace(/\/$/, '');
  return {
    mailer,
    texts: { ...mailTexts, ...texts },
    link: (kind, token) => `${start}${paths[kind]}?token=${encodeURIComponent(token)}`,
  };
}
