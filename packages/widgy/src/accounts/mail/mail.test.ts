import assert from 'node:assert/strict';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { withCode } from '../../database/contract/fixtures.ts';
import { siteFolder } from '../../widgets/site-fixture.ts';
import { START } from '../accounts-fixture.ts';
import { folderMailer } from './folder-mailer.ts';
import type { Mailer, MailMessage } from './mailer.ts';
import { type MailDefinition, openMail } from './setup.ts';
import { smtpServer } from './smtp-fixture.ts';
import { smtpMailer } from './smtp-mailer.ts';
import { mailTexts } from './texts.ts';

const from = 'site@example.org';
const message: MailMessage = {
  to: 'ann@example.org',
  subject: 'Grüße · 你好',
  text: 'First line\nhttps://example.org/?a=b\n.\nBcc: not@a.header\n',
};

/** The headers of a mail, without those that the time or chance decides. */
const headersOf = (mail: string) => {
  const [head = ''] = mail.split(/\r?\n\r?\n/);
  return head.split(/\r?\n(?!\s)/).filter((line) => !/^(Message-ID|Date|MIME-Version|Content-)/.test(line));
};

const mailers: readonly [
  name: string,
  open: () => Promise<{ readonly mailer: Mailer; readonly sent: () => Promise<readonly string[]> }>,
][] = [
  [
    'a folder',
    async () => {
      const folder = join(await siteFolder({}), 'mails/inner');
      const sent = async () => {
        const names = (await readdir(folder)).sort();
        return await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
      };
      return { mailer: folderMailer(folder, { from }), sent };
    },
  ],
  [
    'SMTP',
    async () => {
      const { url, got } = await smtpServer();
      return {
        mailer: smtpMailer(url, { from }),
        sent: async () => got.map(({ lines }) => lines.join('\n')),
      };
    },
  ],
];

for (const [name, open] of mailers) {
  describe(`mails by way of ${name}`, () => {
    it('have one recipient, one subject and a text', async () => {
      const { mailer, sent } = await open();
      await mailer.send(message);
      const [mail = '', ...others] = await sent();
      assert.deepEqual(others, []);
      const [fromLine, to, subject, ...rest] = headersOf(mail);
      assert.deepEqual([fromLine, to, rest], [`From: ${from}`, 'To: ann@example.org', []]);
      assert.match(subject ?? '', /^Subject: =\?UTF-8\?/);
      assert.match(mail, /Content-Type: text\/plain; charset=utf-8/);
      assert.match(mail, /^https:\/\/example\.org\/\?a=3?D?b/m);
    });

    const subjects = ['a\r\nBcc: x@example.org', 'a\nX: y', 'a\rX: y', 'a\u2028X: y', 'a\0b', 'a\u0085X: y'];
    it('keep what is in a subject out of the headers', async () => {
      const { mailer, sent } = await open();
      for (const subject of subjects) await mailer.send({ ...message, subject });
      const mails = await sent();
      assert.equal(mails.length, subjects.length);
      for (const mail of mails) {
        const headers = headersOf(mail);
        assert.equal(headers.length, 3, headers.join('\n'));
        assert.match(headers[2] ?? '', /^Subject: a (Bcc: x@example\.org|X: y|b)$/);
      }
    });

    const recipients = [
      ...[
        'a@example.org\r\nBcc: b@example.org',
        'a@example.org, b@example.org',
        'a@example.org; b@example.org',
      ],
      ...['Ann <a@example.org>', '<a@example.org>', '', 'a', 'a@b', '"a b"@example.org', 'a@example.org\0'],
      ...['a@example.org> NOTIFY=NEVER', 'file:///etc/passwd', `${'a'.repeat(300)}@example.org`],
    ];
    it('have no recipient but one address', async () => {
      const { mailer, sent } = await open();
      for (const to of recipients) {
        await assert.rejects(mailer.send({ ...message, to }), withCode('mail-invalid'), to);
      }
      await mailer.send(message);
      assert.equal((await sent()).length, 1);
    });
  });
}

describe('folderMailer', () => {
  it('writes files in order, which only the user of the site may read', async () => {
    const folder = join(await siteFolder({}), 'mails');
    let now = START;
    const mailer = folderMailer(folder, { from, now: () => now });
    for (const subject of ['one', 'two', 'three']) {
      await mailer.send({ ...message, subject });
      now += 1000;
    }
    const names = (await readdir(folder)).sort();
    const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
    assert.deepEqual(
      texts.map((text) => /^Subject: (.*?)\r?$/m.exec(text)?.[1]),
      ['one', 'two', 'three'],
    );
    assert.match(names[0] ?? '', /^2026-09-21T\d\d-\d\d-\d\d\.000Z-[\w-]{36}\.eml$/);
    assert.equal((await stat(folder)).mode & 0o777, 0o700);
    assert.equal((await stat(join(folder, names[0] ?? ''))).mode & 0o777, 0o600);
  });
});

describe('the text of a mail in a folder', () => {
  const link = `https://example.org/admin/invitation?token=${'gE3d-_'.repeat(40)}`;
  const texts = [`Hello,\n\n${link}\n`, `Grüße an Zoë,\n\n${link}\n.\n你好`, 'x'.repeat(3000)];
  for (const text of texts) {
    it(`stands there as it is: ${JSON.stringify(text.slice(0, 12))}`, async () => {
      const folder = join(await siteFolder({}), 'mails');
      const written: string[] = [];
      const mailer = folderMailer(folder, { from, onWritten: ({ to, file }) => written.push(to, file) });
      await mailer.send({ ...message, text });
      const [name = ''] = await readdir(folder);
      assert.deepEqual(written, [message.to, join(folder, name)]);
      assert.equal(mailer.folder, folder);
      const [head = '', ...body] = (await readFile(join(folder, name), 'utf8')).split('\r\n\r\n');
      assert.equal(body.join('\n\n').replaceAll('\r\n', '\n'), text);
      assert.match(head, /^Content-Type: text\/plain; charset=utf-8$/m);
      assert.match(head, /^Content-Transfer-Encoding: 8bit$/m);
    });
  }
});

describe('smtpMailer', () => {
  for (const sender of ['widgy@203.0.113.5', 'widgy@site.invalid', 'widgy', '']) {
    it(`is not made to send from ${JSON.stringify(sender)}`, () => {
      const make = () => smtpMailer('smtps://mail.example.org', { from: sender });
      assert.throws(make, (error) => withCode('accounts-invalid')(error) && /MAIL_FROM/.test(String(error)));
    });
  }

  it('hands a server one sender and one recipient', async () => {
    const { url, got } = await smtpServer();
    await smtpMailer(url, { from }).send(message);
    assert.deepEqual(got[0]?.commands, [`MAIL FROM:<${from}>`, 'RCPT TO:<ann@example.org>', 'DATA']);
  });

  it('says what the server answered, and never its password', async () => {
    const { url } = await smtpServer({ isRefusing: true });
    const sending = smtpMailer(url, { from }).send(message);
    await assert.rejects(sending, (error) => {
      assert.ok(withCode('mail-failed')(error));
      assert.match(error.message, /no such mailbox/);
      return true;
    });
    const away = smtpMailer('smtp://me:very-secret@127.0.0.1:1', { from });
    await assert.rejects(away.send(message), (error) => {
      assert.ok(withCode('mail-failed')(error));
      assert.doesNotMatch(error.message, /very-secret/);
      return true;
    });
  });

  for (const url of [
    '',
    'mail.example.org',
    'http://me:very-secret@mail.example.org',
    'smtps://',
    'smtps://me:very-secret%ff@mail.example.org',
  ]) {
    it(`refuses ${JSON.stringify(url)}`, () => {
      assert.throws(
        () => smtpMailer(url, { from }),
        (error) => {
          assert.ok(withCode('accounts-invalid')(error));
          assert.doesNotMatch(error.message, /very-secret/);
          return true;
        },
      );
    });
  }
});

describe('links in mails', () => {
  const mailer: Mailer = { async send() {} };
  const links: readonly [given: Partial<MailDefinition>, link: string][] = [
    [{ baseUrl: 'https://example.org' }, 'https://example.org/admin/reset?token=a%2Fb'],
    [{ baseUrl: 'https://example.org/' }, 'https://example.org/admin/reset?token=a%2Fb'],
    [{ baseUrl: 'http://localhost:3000/site/' }, 'http://localhost:3000/site/admin/reset?token=a%2Fb'],
    [{ paths: { reset: '/konto/neu', invite: '/x' } }, 'https://example.org/konto/neu?token=a%2Fb'],
  ];
  for (const [given, link] of links) {
    it(`begin as configured: ${link}`, () => {
      const { link: make } = openMail({ mailer, baseUrl: 'https://example.org', ...given });
      assert.equal(make('reset', 'a/b'), link);
    });
  }

  const wrong: readonly Partial<MailDefinition>[] = [
    ...['', 'example.org', 'ftp://example.org', 'https://me:pw@example.org', 'https://example.org/?a=b'].map(
      (baseUrl) => ({ baseUrl }),
    ),
    { paths: { reset: '//evil.example', invite: '/x' } },
    { paths: { reset: '/x', invite: 'javascript:x' } },
    { paths: { reset: '/x?y=z', invite: '/x' } },
  ];
  for (const given of wrong) {
    it(`refuse ${JSON.stringify(given)}`, () => {
      const opening = () => openMail({ mailer, baseUrl: 'https://example.org', ...given });
      assert.throws(opening, withCode('accounts-invalid'));
    });
  }
});

describe('mailTexts', () => {
  it('name the person, the site and the link, and say how long it works', () => {
    const link = 'https://example.org/x?token=y';
    for (const [kind, time] of [
      ['reset', 'within 1 hour'],
      ['invite', 'within 72 hours'],
    ] as const) {
      const { subject, text } = mailTexts[kind]({ name: 'Ann', siteName: 'Slipway', link });
      assert.match(subject, / at Slipway$/);
      for (const part of ['Hello Ann,', 'at Slipway', `\n${link}\n`, time])
        assert.ok(text.includes(part), part);
      assert.doesNotMatch(mailTexts[kind]({ name: 'Ann', siteName: '', link }).subject, / at/);
    }
  });
});
