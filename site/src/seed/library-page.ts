import { createTree, type Widget } from 'widgy/tree';
import { type Compose, composer, into, oneColumn } from './compose.ts';
import { type PICTURES, RING, type SeededPage } from './content.ts';

/** The pages that show every widget of the library, both of its layouts among them. */
export function libraryPages(): readonly SeededPage[] {
  const one = composer('library');
  const two = composer('two');
  return [
    {
      id: 'library',
      title: 'Library',
      slug: 'library',
      menus: ['footer'],
      metaTitle: 'The widgets of the library | Larter & Bly',
      metaDescription:
        'Every widget that pages of this site can be made of, beside those of the yard itself.',
      tree: oneColumn(one, [
        one('opening', {
          text: 'Every widget that pages of this site can be made of, beside those of the yard itself.',
        }),
        ...words(one),
        one('section', { tone: 'soft', width: 'wide', anchor: 'pictures' }, pictures(one)),
        ...unfolding(one),
        one('heading', { text: 'Tables', level: 'h2' }),
        one('table', {
          caption: 'What the boats need in a year',
          cells: [
            ['Boat', 'Varnish, litres', 'Oars', 'Days ashore'],
            ['Teal', '4', '2', '151'],
            ['Snipe', '6', '4', '151'],
            ['Bittern', '9', '0', '120'],
          ],
          hasRowHeaders: true,
          alignment: 'end',
        }),
        one('section', { tone: 'accent', width: 'wide' }, [
          one('heading', { text: 'Call-outs', level: 'h2' }),
          one('text', { text: '<p>The page with the booking form has the same one.</p>' }),
          one('callout', { callout: `widgy:callout/${RING.id}`, look: 'box' }),
        ]),
      ]),
    },
    {
      id: 'two-columns',
      parent: 'library',
      title: 'Two columns',
      slug: 'two-columns',
      metaDescription: 'A page of a wide and a narrow column.',
      tree: createTree(
        two('two-columns', { side: 'end' }, [
          ...into('main', [
            two('text', {
              text: '<p>On a wide screen there is a narrow column beside this one. On a narrow screen it comes after it.</p>',
            }),
            two('image', { image: picture('shed') }),
          ]),
          ...into('sidebar', [
            two('heading', { text: 'The other layout', level: 'h2' }),
            two('button', { text: 'Back to one column', link: 'widgy:page/library', look: 'secondary' }),
          ]),
        ]),
      ),
    },
  ];
}

const picture = (name: keyof typeof PICTURES): string => `widgy:media/${name}`;

function words(one: Compose): readonly Widget[] {
  return [
    one('heading', { text: 'Text', level: 'h2' }),
    one('text', {
      text: '<p>Rich text, with <strong>strong words</strong>, <em>others</em> and <a href="widgy:page/boats">links to pages</a>, which follow when a page moves.</p><ul><li>Larch for planks</li><li>Oak for ribs</li></ul>',
    }),
    one('heading', { text: 'Markdown', level: 'h3' }),
    one('markdown', {
      text: 'For people who write **Markdown**:\n\n1. Bail her out.\n2. Ship the oars.\n3. Cast off.',
    }),
    one('heading', { text: 'HTML', level: 'h3' }),
    one('html', {
      markup:
        '<p>For people who write markup themselves: H<sub>2</sub>O below the keel, and the <abbr title="Royal National Lifeboat Institution">RNLI</abbr> behind the dunes.</p>',
    }),
    one('heading', { text: 'Unsafe HTML', level: 'h3' }),
    one('unsafe-html', {
      markup:
        '<p>Whatever a page may hold, for the few who are permitted. Varnish left: <meter aria-label="Varnish left" min="0" max="40" value="27">27 of 40 litres</meter></p>',
    }),
  ];
}

function pictures(one: Compose): readonly Widget[] {
  return [
    one('heading', { text: 'Pictures and videos', level: 'h2' }),
    one(
      'figure',
      {
        position: 'end',
        title: 'In the shed',
        caption: 'A figure stands beside the text where there is room, and between it where there is none.',
      },
      [one('image', { image: picture('shed') })],
    ),
    one('text', {
      text: '<p>Pictures come from the media of the site. They are kept in several sizes, and a browser takes the one that fits.</p><p>A video is not asked for before somebody wants to see it.</p>',
    }),
    one('image', { image: picture('avocet') }),
    one('video', {
      address: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ',
      title: 'Big Buck Bunny, a short film',
      still: picture('river'),
    }),
    one('button', { text: 'Book a boat', link: 'widgy:page/book', look: 'primary' }),
    one('button', { text: 'See the boats', link: 'widgy:page/boats', look: 'secondary' }),
    one('button', { text: 'Two columns', link: '/library/two-columns', look: 'quiet' }),
  ];
}

function unfolding(one: Compose): readonly Widget[] {
  const text = (words: string) => one('text', { text: `<p>${words}</p>` });
  return [
    one('heading', { text: 'What unfolds', level: 'h2' }),
    one('accordion', { isExclusive: true }, [
      one('accordion-section', { title: 'May we bring a dog?', isOpen: true }, [
        text('Yes, on the floor rather than the varnish.'),
      ]),
      one('accordion-section', { title: 'What if it rains?' }, [
        text('Then you get wet. If it blows, you get your money back.'),
      ]),
    ]),
    one('tabs', {}, [
      one('tab', { title: 'Upstream' }, [text('To the Broad in two miles, against what stream there is.')]),
      one('tab', { title: 'Downstream' }, [text('To Tunn’s Mill. Beyond it there is a tide.')]),
    ]),
  ];
}
