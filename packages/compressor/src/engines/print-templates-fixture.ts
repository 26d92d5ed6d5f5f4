import type { EngineName } from './contract.ts';
import type { Child, Part, Parts, Site, Value } from './random-templates-fixture.ts';

/** What engines write in different ways. */
interface Syntax {
  value(value: Value): string;
  assign(name: string, value: string): string;
  capture(name: string, body: string): string;
  choose(test: string, body: string, rest: string): string;
  render(name: string, value: string): string;
  partial(body: string): string;
  extends(layout: string): string;
  readonly parent: string;
  readonly raw: string;
}

const SYNTAX: Readonly<Record<EngineName, Syntax>> = {
  liquid: {
    value: ({ text, isLoud }) => (isLoud ? `${text} | upcase` : text),
    assign: (name, value) => `{% assign ${name} = ${value} %}`,
    capture: (name, body) => `{% capture ${name} %}${body}{% endcapture %}`,
    choose: (test, body, rest) => `{% case ${test} %}{% when 'x', 1 %}${body}{% else %}${rest}{% endcase %}`,
    render: (name, value) => `{% render "${name}.html", p: ${value} %}`,
    partial: (body) => body,
    extends: (layout) => `{% layout ${layout} %}`,
    parent: '{{ block.super | raw }}',
    raw: 'raw',
  },
  nunjucks: {
    value: ({ text, isLoud }) => (isLoud ? `${text} | default('', true) | string | upper` : text),
    assign: (name, value) => `{% set ${name} = ${value} %}`,
    capture: (name, body) => `{% set ${name} %}${body}{% endset %}`,
    choose: (test, body, rest) =>
      `{% switch ${test} %}{% case 'x' %}{% case 1 %}.${body}{% default %}${rest}{% endswitch %}`,
    render: (name, value) => `{% from "${name}.html" import ${name} %}{{ ${name}(${value}) }}`,
    partial: (body) => `{% macro NAME(p) %}${body}{% endmacro %}`,
    extends: (layout) => `{% extends ${layout} %}`,
    parent: '{{ super() }}',
    raw: 'safe',
  },
};

/** The templates of a site, as an engine writes them. */
export function printSite(site: Site, engine: EngineName): Record<string, string> {
  const syntax = SYNTAX[engine];
  /** For names and texts that must differ. */
  let count = 0;
  const slots = { s: 0, q: 0 };
  let isInside = false;

  const printAll = (parts: Parts): string => parts.map(print).join('');
  const quiet = (value: Value): string => syntax.value({ ...value, isLoud: false });

  function print(part: Part): string {
    count += 1;
    switch (part.type) {
      case 'text':
        return `t${count} `;
      case 'value':
        return `{{ ${syntax.value(part.value)} }},`;
      case 'compress': {
        isInside = true;
        const block = `{% compress css %}${count}:${printAll(part.body)}{% endcompress %}\n`;
        isInside = false;
        return block;
      }
      case 'if':
        return `{% if ${quiet(part.test)} %}${printAll(part.body)}{% else %}${printAll(part.rest)}{% endif %}`;
      case 'choose':
        return syntax.choose(quiet(part.test), printAll(part.body), printAll(part.rest));
      case 'for':
        return `{% for ${part.item} in ${part.list} %}${printAll(part.body)}{% else %}${printAll(part.rest)}{% endfor %}`;
      case 'assign':
        return syntax.assign(part.name, syntax.value(part.value));
      case 'capture':
        return syntax.capture(part.name, printAll(part.body));
      case 'captureBlocks': {
        const name = `k${count}`;
        return `${syntax.capture(name, printAll(part.body))}{{ ${name} | ${syntax.raw} }}`;
      }
      case 'include':
        return `{% include ${part.name} %}`;
      case 'render':
        return syntax.render(part.name, quiet(part.value));
      case 'slot': {
        const letter = isInside ? 'q' : 's';
        const name = `${letter}${slots[letter]++}`;
        return `{% block ${name} %}${printAll(part.body)}{% endblock %}`;
      }
    }
  }

  function printChild({ layout, before, overrides }: Child): string {
    const bodies = overrides.map(
      ({ slot, body, isParentShown }) =>
        `{% block ${slot} %}${printAll(body)}${isParentShown ? syntax.parent : ''}{% endblock %}`,
    );
    return `${syntax.extends(layout)}${printAll(before)}${bodies.join('')}`;
  }

  const base = printAll(site.base);
  // What a child shows of its parent must be there.
  const missing = ['s0', 's1', 's2', 'q0', 'q1'].filter((slot) => !base.includes(`{% block ${slot} %}`));
  const files = {
    ...{ home: printChild(site.home), mid: printChild(site.mid) },
    base: `${base}${missing.map((slot) => `{% block ${slot} %}{% endblock %}`).join('')}`,
    ...named('p', site.partials.map(printAll)),
    ...named('l', site.leaves.map(printAll)),
    ...named(
      'r',
      site.rendered.map((parts) => syntax.partial(printAll(parts))),
    ),
  };
  return Object.fromEntries(
    Object.entries(files).map(([name, text]) => [`${name}.html`, text.replaceAll('NAME', name)]),
  );
}

function named(letter: string, texts: readonly string[]): Record<string, string> {
  return Object.fromEntries(texts.map((text, index) => [`${letter}${index}`, text]));
}
