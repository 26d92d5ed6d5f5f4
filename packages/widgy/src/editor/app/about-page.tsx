/** @jsxImportSource preact */
import { placeToAdd } from '../commands/widget-commands.ts';
import { Icon } from '../parts/icon.tsx';
import type { Session } from '../session/session.ts';
import type { Surface } from '../session/surface.ts';

/** What the notes about the whole page need. */
export interface AboutPageProps {
  readonly session: Session;
  readonly surface: Surface;
}

/** Whether nothing is selected on a page that holds nothing: then there is no field to show, and no widget to select. */
export function isBare({ selection, tree }: Pick<Session, 'selection' | 'tree'>): boolean {
  return selection.value.ids.length === 0 && tree.value.root.children.length === 0;
}

/** What stands in the place of fields while no widget of the page is meant: how to begin, and where to find what is said of the page as a whole. */
export function AboutPage({ session, surface }: AboutPageProps) {
  const { words, data, tree, selection } = session;
  const { root } = tree.value;
  const id = selection.value.ids.at(-1);
  if (id !== undefined && id !== root.id) return null;
  const at =
    data.mayEdit && root.children.length === 0 && surface.version.value === undefined
      ? placeToAdd({ session })
      : undefined;
  const { app } = words;
  return (
    <section class="about-page" aria-label={app.aboutRegion}>
      {at === undefined ? null : (
        <>
          <p>{words.outline.emptyPage}</p>
          <p>
            <button
              type="button"
              class="primary"
              onClick={() => {
                surface.dialog.value = { kind: 'add', at };
              }}
            >
              <Icon name="add" />
              {words.outline.addFirst}
            </button>
          </p>
        </>
      )}
      <p class="about-links">
        <a href={data.page.urls.details}>
          {data.page.kind === 'page' ? app.pageDetails : app.calloutDetails}
        </a>
        <span class="small muted">
          {data.page.kind === 'page' ? app.pageDetailsHelp : app.calloutDetailsHelp}
        </span>
      </p>
    </section>
  );
}
