// CommonJS, as Apostrophe's own build needs it: in a folder of modules it takes its style sheets for modules without exports.
const { readFileSync } = require('node:fs');
const apostrophe = require('apostrophe');

/** An area that takes these widgets. */
const area = (label, ...types) => ({
  type: 'area',
  label,
  options: { widgets: Object.fromEntries(types.map((type) => [type, {}])) },
});
const text = (label) => ({ type: 'string', label });

const CONTENT = ['@apostrophecms/rich-text', 'picture', 'heading', 'button'];

/** A type of widgets with these fields; its template is in `modules/NAME-widget/views`. */
const widget = (label, add) => ({
  extend: '@apostrophecms/widget-type',
  options: { label },
  fields: { add },
});

apostrophe({
  shortName: 'widgy-bench',
  modules: {
    '@apostrophecms/express': {
      options: {
        session: { secret: 'for benchmarks only' },
        apiKeys: { bench: { role: 'admin' } },
      },
    },
    '@apostrophecms/page': {
      options: {
        types: [
          { name: '@apostrophecms/home-page', label: 'Home' },
          { name: 'bench-page', label: 'Page' },
        ],
      },
    },
    'bench-page': {
      extend: '@apostrophecms/page-type',
      options: { label: 'Page' },
      fields: {
        add: { main: area('Content', 'section') },
        group: { basics: { label: 'Basics', fields: ['title', 'main'] } },
      },
    },
    'section-widget': widget('Section', { content: area('Content', ...CONTENT, 'columns', 'accordion') }),
    'columns-widget': widget('Columns', {
      left: area('Left', ...CONTENT),
      right: area('Right', ...CONTENT),
    }),
    'picture-widget': widget('Picture', { src: text('Address'), alt: text('Description') }),
    'heading-widget': widget('Heading', { text: text('Text') }),
    'button-widget': widget('Button', { text: text('Text'), url: text('Address') }),
    'accordion-widget': widget('Accordion', {
      items: {
        type: 'array',
        label: 'Items',
        fields: { add: { title: text('Title'), text: text('Text') } },
      },
    }),
    bench: { tasks },
  },
});

/** `node app.js bench:seed` makes the pages in the file that `BENCH_CONTENT` names. */
function tasks(self) {
  const id = () => self.apos.util.generateId();
  const areaOf = (items) => ({ _id: id(), metaType: 'area', items });
  const widgetOf = (type, fields) => ({ _id: id(), metaType: 'widget', type, ...fields });
  const makers = {
    text: ({ paragraphs }) =>
      widgetOf('@apostrophecms/rich-text', { content: paragraphs.map((one) => `<p>${one}</p>`).join('') }),
    image: ({ src, alt }) => widgetOf('picture', { src, alt }),
    heading: ({ text }) => widgetOf('heading', { text }),
    button: ({ text, url }) => widgetOf('button', { text, url }),
    columns: ({ left, right }) =>
      widgetOf('columns', { left: areaOf(left.map(make)), right: areaOf(right.map(make)) }),
    accordion: ({ items }) =>
      widgetOf('accordion', { items: items.map((item) => ({ _id: id(), metaType: 'arrayItem', ...item })) }),
  };
  const make = (piece) => makers[piece.kind](piece);
  return {
    seed: {
      usage: 'Makes the pages of the benchmark',
      async task() {
        const pages = JSON.parse(readFileSync(process.env.BENCH_CONTENT, 'utf8'));
        const req = self.apos.task.getReq();
        for (const { slug, title, isInMenu, sections } of pages) {
          const main = areaOf(
            sections.map((pieces) => widgetOf('section', { content: areaOf(pieces.map(make)) })),
          );
          await self.apos.page.insert(req, '_home', 'lastChild', {
            type: 'bench-page',
            slug: `/${slug}`,
            title,
            main,
            orphan: !isInMenu,
            visibility: 'public',
          });
        }
      },
    },
  };
}
