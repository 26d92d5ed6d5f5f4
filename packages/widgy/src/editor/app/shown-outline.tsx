/** @jsxImportSource preact */
import type { ReadonlySignal } from '@preact/signals';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { Tree } from '../../tree/tree.ts';
import { Outline } from '../outline/outline.tsx';
import type { Session } from '../session/session.ts';
import type { Surface } from '../session/surface.ts';
import { sessionOfVersion } from '../session/version-session.ts';

/** What the outline of what is shown needs. */
export interface ShownOutlineProps {
  readonly session: Session;
  readonly surface: Surface;
  readonly unseen: ReadonlySignal<ReadonlySet<string>>;
}

/** The outline of what the page shows: of the draft, which stays as it is behind that of an older version. */
export function ShownOutline({ session, surface, unseen }: ShownOutlineProps) {
  const draft = useRef<HTMLDivElement>(null);
  const version = surface.versionTree.value;
  return (
    <>
      <div ref={draft} class="outline-shown" hidden={version !== undefined}>
        <Outline session={session} surface={surface} unseen={unseen} />
      </div>
      {version === undefined ? null : (
        <VersionOutline
          {...{ session, surface, version }}
          onGone={() => draft.current?.querySelector<HTMLElement>('[role="tree"]')?.focus()}
        />
      )}
    </>
  );
}

function VersionOutline({
  session,
  surface,
  version,
  onGone,
}: {
  readonly session: Session;
  readonly surface: Surface;
  readonly version: Tree;
  /** It is gone, and had the focus. */
  readonly onGone: () => void;
}) {
  const region = useRef<HTMLDivElement>(null);
  const shown = useMemo(() => sessionOfVersion(session, version), [session, version]);
  useLayoutEffect(() => {
    const own = region.current;
    return () => {
      if (own?.contains(document.activeElement) === true) queueMicrotask(onGone);
    };
  }, []);
  return (
    <div ref={region} class="outline-shown">
      <Outline session={shown} surface={surface} />
    </div>
  );
}
