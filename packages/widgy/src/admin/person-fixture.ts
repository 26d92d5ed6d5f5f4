import assert from 'node:assert/strict';
import { DomUtils, parseDocument } from 'htmlparser2';

/** A field of a form as it was shown. */
type FormField = readonly [name: string, value: string];

/** A form of a page. */
export interface ShownForm {
  readonly method: 'GET' | 'POST';
  readonly action: string;
  /** What it sends if nothing is changed in it, without its buttons. */
  readonly fields: readonly FormField[];
  readonly buttons: readonly {
    readonly text: string;
    readonly name: string;
    readonly value: string;
    readonly isDisabled: boolean;
    /** Where it sends the form; undefined where the form says it. */
    readonly action?: string | undefined;
  }[];
}

/** An answer of the administration. */
export interface AdminPage {
  readonly status: number;
  /** The address it has: that which redirects led to. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | number | undefined>>;
  readonly html: string;
  /** What it says, with single spaces. */
  readonly text: string;
  readonly forms: readonly ShownForm[];
  readonly links: readonly { readonly text: string; readonly href: string }[];
}

/** What is typed into a form, by the names of fields. Undefined leaves a field out. */
export type Typed = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Somebody with a browser that keeps cookies, follows redirects and sends forms. Paths are below `/admin`, or whole ones. */
export interface Person {
  readonly id: string;
  /** What they sign in with; empty for nobody. */
  readonly email: string;
  readonly password: string;
  /** Where the last answer that sent them elsewhere sent them. */
  readonly wentTo: () => string | undefined;
  /** The cookies that their browser sends. */
  readonly cookie: () => string;
  readonly get: (path: string) => Promise<AdminPage>;
  /** Sends fields, with the token of forms, whether or not any page showed such a form. */
  readonly post: (path: string, fields?: Typed, files?: Readonly<Record<string, File>>) => Promise<AdminPage>;
  /**
   * Presses a button of a page by what it says.
   *
   * @param typed what is typed before
   * @param files what is chosen, by the names of fields
   */
  readonly press: (
    page: AdminPage,
    button: string,
    typed?: Typed,
    files?: Readonly<Record<string, File>>,
  ) => Promise<AdminPage>;
}

/** How a browser reaches a server: what it asks, and what it is answered. */
export type Send = (request: {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload?: string | Buffer;
}) => Promise<{
  readonly statusCode: number;
  readonly headers: AdminPage['headers'];
  readonly body: string;
  readonly cookies: readonly { readonly name: string; readonly value: string }[];
}>;

/** The forms with a button that says something, for what no page is to offer. */
export function formsWith({ forms }: AdminPage, button: string): readonly ShownForm[] {
  return forms.filter(({ buttons }) => buttons.some(({ text }) => text === button));
}

/** Where the administration is. */
const ADMIN = '/admin';

/**
 * A browser in which nobody has signed in yet.
 *
 * @param base the address of the site, without a slash at its end
 */
export function personOf(send: Send, base: string, who: Pick<Person, 'id' | 'email' | 'password'>): Person {
  const cookies = new Map<string, string>();
  let wentTo: string | undefined;
  const cookie = () => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const ask = async (
    method: 'GET' | 'POST',
    address: string,
    fields?: readonly FormField[],
    files?: Readonly<Record<string, File>>,
  ): Promise<AdminPage> => {
    const { pathname, search } = new URL(address, base);
    const url = `${pathname.startsWith(`${ADMIN}/`) || pathname === ADMIN ? '' : ADMIN}${pathname}${search}`;
    const body = fields && (await bodyOf(fields, files));
    const answer = await send({
      method,
      url,
      headers: {
        host: new URL(base).host,
        ...(method === 'POST'
          ? {
              origin: base,
              'sec-fetch-site': 'same-origin',
            }
          : {}),
        ...(body === undefined ? {} : { 'content-type': body.type }),
        cookie: cookie(),
      },
      ...(body === undefined ? {} : { payload: body.payload }),
    });
    for (const { name, value } of answer.cookies) {
      if (value === '') cookies.delete(name);
      else cookies.set(name, encodeURIComponent(value));
    }
    const to = answer.headers.location;
    if (answer.statusCode === 303 && typeof to === 'string') {
      wentTo = to;
      return await ask('GET', to);
    }
    return pageOf(url, answer.statusCode, answer.headers, answer.body);
  };
  return {
    ...who,
    cookie,
    wentTo: () => wentTo,
    get: (path) => ask('GET', path),
    async post(path, fields = {}, files) {
      const shown = await ask('GET', '/');
      const token = shown.forms[0]?.fields.find(([name]) => name === '_csrf')?.[1] ?? '';
      return await ask('POST', path, [['_csrf', token], ...fieldsOf(fields)], files);
    },
    async press({ url, forms }, button, typed = {}, files) {
      const form = forms.find(({ buttons }) => buttons.some(({ text }) => text === button));
      const texts = forms.flatMap(({ buttons }) => buttons.map(({ text }) => text));
      assert.ok(form, `${url} has no button “${button}”, but ${texts.join(', ')}`);
      const pressed = form.buttons.find(({ text }) => text === button);
      assert.ok(pressed?.isDisabled === false, `${url}: “${button}” cannot be pressed`);
      const sent: FormField[] = [
        ...form.fields.filter(([name]) => !Object.hasOwn(typed, name)),
        ...fieldsOf(typed),
        ...(pressed.name === '' ? [] : [[pressed.name, pressed.value] as const]),
      ];
      const action = pressed.action ?? (form.action === '' ? url : form.action);
      if (form.method === 'POST') return await ask('POST', action, sent, files);
      return await ask(
        'GET',
        `${action.split('?')[0]}?${new URLSearchParams(sent.map(([...pair]) => pair))}`,
      );
    },
  };
}

/** What is sent for a form: with files, in parts. */
async function bodyOf(
  fields: readonly FormField[],
  files: Readonly<Record<string, File>> | undefined,
): Promise<{ readonly type: string; readonly payload: string | Buffer }> {
  if (files === undefined) {
    const payload = `${new URLSearchParams(fields.map(([...pair]) => pair))}`;
    return { type: 'application/x-www-form-urlencoded', payload };
  }
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value);
  for (const [name, file] of Object.entries(files)) form.append(name, file);
  const body = new Response(form);
  return {
    type: body.headers.get('content-type') ?? '',
    payload: Buffer.from(await body.arrayBuffer()),
  };
}

function fieldsOf(typed: Typed): readonly FormField[] {
  return Object.entries(typed).flatMap(([name, value]) =>
    (value === undefined ? [] : [value].flat()).map((one): FormField => [name, one]),
  );
}

type Dom = ReturnType<typeof parseDocument>;
type Element = ReturnType<typeof DomUtils.getElementsByTagName>[number];

function pageOf(url: string, status: number, headers: AdminPage['headers'], html: string): AdminPage {
  const dom = parseDocument(html);
  // Looked for when they are asked for: in large pages that takes long.
  return {
    ...{ status, url, headers, html },
    get text() {
      const [body = dom] = DomUtils.getElementsByTagName('body', dom);
      return textOf(body);
    },
    get forms() {
      return DomUtils.getElementsByTagName('form', dom).map((form) => formOf(form, dom));
    },
    get links() {
      return DomUtils.getElementsByTagName('a', dom).map((link) => {
        return { text: textOf(link), href: link.attribs.href ?? '' };
      });
    },
  };
}

/** The number of texts among the kinds of nodes. */
const TEXT = 3;

/** What can be read, with single spaces: nothing of scripts and styles. */
function textOf(node: Dom | Element): string {
  return wordsIn(node.children).replace(/\s+/g, ' ').trim();
}

function wordsIn(nodes: Element['children']): string {
  const words = nodes.map((node) => {
    if (!('children' in node)) return node.nodeType === TEXT && 'data' in node ? node.data : '';
    const name = 'name' in node ? node.name : '';
    if (name === 'br') return ' ';
    return name === 'script' || name === 'style' ? '' : wordsIn(node.children);
  });
  return words.join('');
}

/** A form with the controls that stand in it, and those elsewhere that name it. */
function formOf(form: Element, dom: Dom): ShownForm {
  const { id, method = 'get', action = '' } = form.attribs;
  const controls = DomUtils.findAll(
    ({ name, attribs, parent }) =>
      ['input', 'select', 'textarea', 'button'].includes(name) &&
      (attribs.form === undefined ? isInside(parent, form) : id !== undefined && attribs.form === id),
    dom.children,
  );
  return {
    ...{ method: method.toUpperCase() === 'POST' ? 'POST' : 'GET', action },
    fields: controls.flatMap(sentBy),
    buttons: controls
      .filter(({ name }) => name === 'button')
      .map((button) => {
        const { name = '', value = '', disabled, formaction, 'aria-labelledby': label } = button.attribs;
        const labels = DomUtils.findAll(
          ({ attribs }) => label !== undefined && attribs.id === label,
          [button],
        );
        const text = textOf(labels[0] ?? button);
        return { name, value, text, isDisabled: disabled !== undefined, action: formaction };
      }),
  };
}

function isInside(node: Element['parent'], form: Element): boolean {
  for (let at = node; at !== null; at = at.parent) if (at === form) return true;
  return false;
}

function sentBy(control: Element): readonly FormField[] {
  const { name, type = 'text', value, checked, disabled } = control.attribs;
  if (name === undefined || name === '' || disabled !== undefined || control.name === 'button') return [];
  if (control.name === 'textarea') return [[name, DomUtils.textContent(control).replace(/^\n/, '')]];
  if (control.name === 'select') {
    const options = DomUtils.getElementsByTagName('option', control);
    const chosen = options.find(({ attribs }) => attribs.selected !== undefined) ?? options[0];
    return chosen === undefined ? [] : [[name, chosen.attribs.value ?? textOf(chosen)]];
  }
  if (type === 'checkbox' || type === 'radio') return checked === undefined ? [] : [[name, value ?? 'on']];
  return type === 'file' ? [] : [[name, value ?? '']];
}
