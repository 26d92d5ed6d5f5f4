import { readFile } from 'node:fs/promises';
import { addMedia } from 'widgy/media';
import type { NewPage } from 'widgy/pages';
import type { Widgy } from 'widgy/server';
import { createTree, type Tree } from 'widgy/tree';
import { composer, oneColumn } from './compose.ts';

/** A page that the site has from the beginning. Its document is published at once. */
export interface SeededPage extends Omit<NewPage, 'start' | 'id'> {
  readonly id: string;
  readonly tree: Tree;
}

/** The pages of the yard, in their order. */
export function yardPages(): readonly SeededPage[] {
  const home = composer('home');
  const boats = composer('boats');
  const yard = composer('yard');
  const book = composer('book');
  const thanks = composer('thanks');
  return [
    {
      id: 'home',
      title: 'Home',
      isHome: true,
      template: 'wide',
      menus: ['main', 'footer'],
      metaTitle: 'Larter & Bly: wooden boats for hire on the River Wend, Norfolk',
      metaDescription:
        'Wooden boats for hire by the half-day on the River Wend in Norfolk, and a yard that builds and repairs them.',
      tree: oneColumn(home, [
        home('hero'),
        home('facts'),
        home('fleet-picks'),
        home('day-out'),
        home('jobs'),
        home('log'),
        home('call', {
          heading: 'Weekends in July go first',
          text: 'Weekdays rarely fill up. Ask for a day and we answer by the next morning.',
        }),
      ]),
    },
    {
      id: 'boats',
      title: 'The boats',
      slug: 'boats',
      mount: 'fleet',
      menus: ['main', 'footer'],
      metaTitle: 'The boats: nine wooden boats for hire | Larter & Bly',
      metaDescription:
        'Sailing dinghies, rowing skiffs, a canoe and two electric launches for hire at Ludney Staithe, with prices by the half-day and the day.',
      tree: oneColumn(boats, [
        boats('opening', {
          text: 'Nine of them, all wood, all looked after by the people who hand you the painter. Prices are for the boat, however many of you get in.',
        }),
        boats('fleet'),
        boats('terms'),
        boats('call'),
      ]),
    },
    {
      id: 'yard',
      title: 'The yard',
      slug: 'yard',
      template: 'wide',
      menus: ['main', 'footer'],
      metaTitle: 'The yard: who we are and how to find us | Larter & Bly',
      metaDescription:
        'A boatyard on Ludney Staithe since 1898: who works here, opening hours, and how to reach us by train, bicycle, car or boat.',
      tree: oneColumn(yard, [
        yard('hero', {
          heading: 'The yard',
          text: 'Two sheds, a slip and ninety feet of quay. Come and look round whenever the doors are open; mind the varnish.',
          buttons: [],
          drawing: 'yard',
          alt: 'The yard from the water: a black timber shed with a hull in the doorway, the office with its red roof, and two boats at the quay',
        }),
        yard('people'),
        yard('history'),
        yard('directions'),
        yard('opening-hours'),
        yard('call', { heading: 'Coming for a boat?' }),
      ]),
    },
    {
      id: 'book',
      title: 'Book a boat',
      slug: 'book',
      mount: 'booking',
      menus: ['main', 'footer'],
      metaTitle: 'Book a boat | Larter & Bly',
      metaDescription:
        'Ask for a boat and a day at Ludney Staithe. We answer by the next morning; nothing is paid until you are here.',
      tree: oneColumn(book, [
        book('opening', {
          text: 'Tell us which boat and which day. We answer by the next morning, and nothing is paid until you are standing on the quay.',
        }),
        book('booking', {}, [
          book('heading', { text: 'What happens next', level: 'h2' }),
          book('text', {
            text: '<ol><li>Ines looks at the book and writes back by the next morning.</li><li>At eight on the day she decides about the wind. If it is too much she rings you, and you pick another day or pay nothing.</li><li>Come fifteen minutes early. You pay at the office, by card or cash.</li></ol>',
          }),
          book('callout', { callout: `widgy:callout/${RING.id}`, look: 'plain' }),
          book('heading', { text: 'Can’t come after all?', level: 'h3' }),
          book('text', { text: '<p>Tell us the day before and it costs nothing.</p>' }),
        ]),
      ]),
    },
    {
      id: 'thanks',
      parent: 'book',
      title: 'Thank you',
      slug: 'thanks',
      template: 'wide',
      mount: 'thanks',
      isIndexed: false,
      isListedInSitemap: false,
      metaTitle: 'Thank you | Larter & Bly',
      metaDescription: 'Your request for a boat has arrived.',
      tree: oneColumn(thanks, [thanks('thanks')]),
    },
  ];
}

/** A call-out that the booking page and the library page share. */
export const RING = { id: 'ring-us', name: 'Ring us' } as const;

/** What the call-out shows. */
export function ringTree(): Tree {
  const ring = composer('ring');
  return createTree(
    ring('callout-body', {}, [
      ring('heading', { text: 'Sooner than tomorrow?', level: 'h3' }),
      ring('text', {
        text: '<p>Ring <a href="tel:+441632960147">01632 960 147</a> after nine. There is often something free on a weekday.</p>',
      }),
    ]),
  );
}

/** The pictures that the library page shows, by their ids among the media. */
export const PICTURES = {
  avocet: 'Avocet: a white half-decked boat with tan gaff mainsail and a jib on a bowsprit',
  shed: 'Inside the shed: a clinker hull on the stocks, half planked, under a red lamp',
  river: 'A white half-decked boat on a wide river, with a windmill behind the reeds',
} as const;

/** Adds the pictures to the media of the site; those that are there already stay as they are. */
export async function addPictures({ media }: Widgy): Promise<void> {
  await Promise.all(
    Object.entries(PICTURES).map(async ([id, alt]) => {
      const fileName = `${id}.webp`;
      const bytes = await readFile(new URL(`pictures/${fileName}`, import.meta.url));
      const added = await addMedia(media, { id, fileName, alt, bytes }, { id: null });
      if (!added.ok) throw new Error(`${fileName} was not added: ${added.refusal.what}`);
    }),
  );
}
