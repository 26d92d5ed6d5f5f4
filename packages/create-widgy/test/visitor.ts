import assert from 'node:assert/strict';
import { DomUtils, parseDocument } from 'htmlparser2';

/** A page as somebody sees it. */
export interface SeenPage {
  readonly status: number;
  /** The address it has: that which redirects led to. */
  readonly url: string;
  readonly html: string;
  /** What it says, with single spaces. */
  readonly text: string;
}

/** Somebody with a browser without scripts, who reads pages and does what a manual tells them to. */
export interface Visitor {
  /** What they have clicked, pressed and filled in so far, by what it says. */
  readonly used: readonly string[];
  readonly open: (path: string) => Promise<SeenPage>;
  /** Follows a link of the page that is open, by what it says. */
  readonly click: (link: string) => Promise<SeenPage>;
  /**
   * Presses a button of the page that is open, by what it says.
   *
   * @param typed what is typed before, by the labels of fields; true ticks a box
   */
  readonly press: (button: string, typed?: Readonly<Record<string, string | true>>) => Promise<SeenPage>;
}

/** @param base the address of the site */
export function createVisitor(base: string): Visitor {
  const cookies = new Map<string, string>();
  const used: string[] = [];
  let seen: SeenPage = { status: 0, url: base, html: '', text: '' };

  const ask = async (url: URL, fields?: URLSearchParams): Promise<SeenPage> => {
    const answer = await fetch(url, {
      redirect: 'manual',
      headers: {
        cookie: Array.from(cookies, ([name, value]) => `${name}=${value}`).join('; '),
        ...(fields === undefined ? {} : { origin: url.origin }),
      },
      ...(fields === undefined ? {} : { method: 'POST', body: fields }),
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      cookies.set(name, value);
    }
    const to = answer.headers.get('location');
    if (to !== null) return await ask(new URL(to, url));
    const html = await answer.text();
    const [body] = DomUtils.getElementsByTagName('body', parseDocument(html));
    seen = { status: answer.status, url: url.href, html, text: body === undefined ? '' : textOf(body) };
    return seen;
  };

  return {
    used,
    open: (path) => ask(new URL(path, base)),
    async click(link) {
      used.push(link);
      const found = one(parseDocument(seen.html), ['a'], link, seen);
      return await ask(new URL(found.attribs.href ?? '', seen.url));
    },
    async press(button, typed = {}) {
      used.push(...Object.keys(typed), button);
      const dom = parseDocument(seen.html);
      const pressed = one(dom, ['button'], button, seen);
      const form = formOf(pressed, dom);
      assert.ok(form, `“${button}” of ${seen.url} is in no form`);
      const names = new Map(
        Object.entries(typed).map(([label, value]) => [controlOf(dom, label, seen), value]),
      );
      const fields = new URLSearchParams();
      for (const control of controlsOf(form, dom)) {
        const { name, value = '' } = control.attribs;
        const given = names.get(control);
        if (name === undefined || control.attribs.disabled !== undefined) continue;
        if (given !== undefined) fields.append(name, given === true ? value : given);
        else if (control.name !== 'button' && isSent(control)) fields.append(name, sentValue(control));
        else if (control === pressed) fields.append(name, value);
      }
      assert.equal(form.attribs.method, 'post');
      return await ask(new URL(form.attribs.action ?? '', seen.url), fields);
    },
  };
}

type Dom = ReturnType<typeof parseDocument>;
type Element = ReturnType<typeof DomUtils.getElementsByTagName>[number];

/** The element of a page that says something, or else begins with it; there is one. */
function one(dom: Dom, names: readonly string[], text: string, { url }: SeenPage): Element {
  const all = DomUtils.findAll(({ name }) => names.includes(name), dom.children);
  const saying = all.filter((element) => textOf(element) === text);
  const [found, ...more] =
    saying.length > 0 ? saying : all.filter((element) => textOf(element).startsWith(text));
  const texts = all.map(textOf).join(' | ');
  assert.ok(found !== undefined && more.length === 0, `${url}: “${text}” is there once among: ${texts}`);
  return found;
}

/** The control that a label belongs to. That it has to be filled in is not part of what the label says. */
function controlOf(dom: Dom, text: string, { url }: SeenPage): Element {
  const labels = DomUtils.getElementsByTagName('label', dom);
  const label = labels.find((element) => textOf(element).replace(/ \(required\)$/, '') === text);
  assert.ok(label, `${url}: “${text}” is there among: ${labels.map(textOf).join(' | ')}`);
  const [control] = DomUtils.findAll(({ attribs }) => attribs.id === label.attribs.for, dom.children);
  assert.ok(control, `${url}: the label “${text}” belongs to a control`);
  return control;
}

function formOf(button: Element, dom: Dom): Element | undefined {
  return DomUtils.getElementsByTagName('form', dom).find((form) => controlsOf(form, dom).includes(button));
}

/** The controls that stand in a form, and those elsewhere that name it. */
function controlsOf(form: Element, dom: Dom): readonly Element[] {
  const isOf = (element: Element) => {
    if (element.attribs.form !== undefined) return element.attribs.form === form.attribs.id;
    for (let at = element.parent; at !== null; at = at.parent) if (at === form) return true;
    return false;
  };
  return DomUtils.findAll(
    (element) => ['input', 'select', 'textarea', 'button'].includes(element.name) && isOf(element),
    dom.children,
  );
}

function isSent({ attribs: { type, checked } }: Element): boolean {
  return type === 'checkbox' || type === 'radio' ? checked !== undefined : type !== 'file';
}

function sentValue(control: Element): string {
  if (control.name === 'textarea') return DomUtils.textContent(control).replace(/^\n/, '');
  if (control.name !== 'select') return control.attribs.value ?? 'on';
  const options = DomUtils.getElementsByTagName('option', control);
  const chosen = options.find(({ attribs }) => attribs.selected !== undefined) ?? options[0];
  return chosen?.attribs.value ?? '';
}

function textOf(node: Element): string {
  return DomUtils.textContent(node).replace(/\s+/g, ' ').trim();
}
