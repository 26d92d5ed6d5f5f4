import { listChildren, type NamedPage, type PageStore, readPage, wayToPage } from '../../pages/index.ts';

/** Pages that are offered as neighbours. */
const PLACES_SHOWN = 100;

/** Where a page may be moved to below one parent, and which other parents can be looked at from there. */
export interface Places {
  /** The pages from the top down to the parent that is looked at. */
  readonly way: readonly NamedPage[];
  /** The parent that is looked at; undefined for the top. */
  readonly into: { readonly id: string; readonly title: string } | undefined;
  /** The pages below that parent, in front of which the page can stand. */
  readonly neighbours: readonly {
    readonly id: string;
    readonly title: string;
    readonly children: number;
    readonly mayHaveChildren: boolean;
  }[];
  readonly leftOut: number;
}

/** The places below a parent for a page. Three statements. */
export async function placesFor(pages: PageStore, page: string, parent: string | null): Promise<Places> {
  const above = parent === null ? undefined : await readPage(pages, parent);
  const { pages: listed, total } = await listChildren(pages, above?.page.id ?? null, { limit: PLACES_SHOWN });
  const others = listed.filter((one) => one.page.id !== page);
  return {
    way: above === undefined ? [] : await wayToPage(pages, above.page.id),
    into: above && { id: above.page.id, title: above.page.title },
    neighbours: others.map(({ page: { id, title, path }, children }) => ({
      ...{ id, title, children, mayHaveChildren: path !== '' },
    })),
    leftOut: total - listed.length,
  };
}
