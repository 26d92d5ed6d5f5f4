import { addressOfPath } from './address.ts';

/** A page above another one, or the home page, as it is shown on the way to it. */
export interface Ancestor {
  readonly id: string;
  readonly title: string;
  readonly path: string;
  /** Whether this visitor may follow a link to it. */
  readonly isShown: boolean;
}

/** A step on the way from the home page to one. */
export interface Breadcrumb {
  readonly title: string;
  /** Its address, encoded; undefined where there is nothing for this visitor. */
  readonly url: string | undefined;
  /** Whether it is the page itself, the last one. */
  readonly isCurrent: boolean;
}

/** The way from the home page, if there is one, to a page. */
export function breadcrumbs(
  ancestors: readonly Ancestor[],
  page: { readonly title: string; readonly path: string },
): readonly Breadcrumb[] {
  return [
    ...ancestors.map(({ title, path, isShown }) => {
      return { title, url: isShown ? addressOfPath(path) : undefined, isCurrent: false };
    }),
    { title: page.title, url: addressOfPath(page.path), isCurrent: true },
  ];
}
