/** A page, by its blocks: all but the last stand in its head, the last at its end. */
export interface Variant {
  readonly name: string;
  readonly blocks: readonly string[];
}

const styles = (name: (file: string) => string) => `{% compress css %}
  <link rel="stylesheet" href="${name('base.css')}">
  <link rel="stylesheet" href="${name('layout.css')}">
  <link rel="stylesheet" href="${name('theme.css')}">
  <link rel="stylesheet" href="${name('print.css')}" media="print">
{% endcompress %}`;
const scripts = (name: (file: string) => string) => `{% compress js %}
  <script src="${name('menu.js')}"></script>
  <script src="${name('gallery.js')}"></script>
  <script src="${name('search.js')}"></script>
{% endcompress %}`;
const literal = (file: string) => `{% static 'assets/${file}' %}`;
const variable = (file: string) => `{% static folder | append: '/${file}' %}`;
const widget = (number: number) => `{% compress css %}
  <link rel="stylesheet" href="{% static 'assets/widget-${number}.css' %}">
{% endcompress %}`;

/** The pages that are compared with their literal twins. */
export const variants: readonly Variant[] = [
  { name: '2 blocks, literal names', blocks: [styles(literal), scripts(literal)] },
  { name: '2 blocks, variables in names', blocks: [styles(variable), scripts(variable)] },
  {
    name: '6 blocks, literal names',
    blocks: [styles(literal), ...[1, 2, 3, 4].map(widget), scripts(literal)],
  },
];

/** The layout, with the given markup where the blocks belong. */
export function layout(blocks: readonly string[]): string {
  return `<!doctype html>
<html lang="{{ site.language }}">
<head>
<meta charset="utf-8">
<title>{{ page.title }} – {{ site.name }}</title>
${blocks.slice(0, -1).join('\n')}
</head>
<body>
<nav><ul>
{% for link in site.menu %}<li{% if link.url == page.url %} class="current"{% endif %}><a href="{{ link.url }}">{{ link.label }}</a></li>
{% endfor %}</ul></nav>
<main>{% block main %}{% endblock %}</main>
<footer>{{ site.name }} · {{ site.address | default: 'no address' }}</footer>
${blocks.slice(-1).join('\n')}
</body>
</html>
`;
}

/** A page of a layout: a list of things, as shops and archives show them. */
export function page(layoutName: string): string {
  return `{% layout '${layoutName}' %}
{% block main %}<h1>{{ page.title }}</h1>
<ul>
{% for item in items %}<li><a href="{{ item.url }}">{{ item.title }}</a></li>
{% endfor %}</ul>{% endblock %}
`;
}

/** What the page shows; a request would bring it. */
export const variables = {
  folder: 'assets',
  page: { title: 'Boats & more', url: '/boats' },
  site: {
    name: 'Harbour',
    language: 'en',
    currency: 'EUR',
    menu: ['', 'boats', 'rentals', 'crew', 'harbour', 'prices', 'news', 'contact'].map((label) => ({
      url: `/${label}`,
      label: label || 'home',
    })),
  },
  items: Array.from({ length: 60 }, (_, index) => ({
    url: `/boats/${index + 1}`,
    title: `Boat number ${index + 1} <"of sixty">`,
  })),
};

/** The static files that the blocks name. */
export function staticFiles(): Record<string, string> {
  const sheets = ['base', 'layout', 'theme', 'print', 'widget-1', 'widget-2', 'widget-3', 'widget-4'];
  const files = sheets.map((name) => [`static/assets/${name}.css`, `.${name} { color: teal }\n`]);
  const code = ['menu', 'gallery', 'search'].map((name) => [
    `static/assets/${name}.js`,
    `window.${name} = function ${name}Start() { return 1 }\n`,
  ]);
  return Object.fromEntries([...files, ...code]);
}
