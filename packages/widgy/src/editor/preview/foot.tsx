/** @jsxImportSource preact */
import type { Signal } from '@preact/signals';
import { Icon } from '../parts/icon.tsx';
import type { Session } from '../session/session.ts';
import { Path } from './path.tsx';
import type { PreviewView } from './preview-view.ts';

/** What stands below the page: where the selected widget is, how the page is shown, and a way to its headings. */
export function PreviewFoot({
  session,
  view,
  isReading,
  pixels,
}: {
  readonly session: Session;
  readonly view: PreviewView;
  readonly isReading: Signal<boolean>;
  /** How wide the page is; undefined where it has all the room. */
  readonly pixels: number | undefined;
}) {
  const { preview } = session.words;
  const percent = Math.round(view.scale.value * 100);
  return (
    <div class="preview-foot">
      <Path session={session} />
      {pixels === undefined ? null : (
        <p class="preview-size">
          {preview.pixels({ width: pixels })}
          {percent === 100 ? null : <span> ({preview.scaled({ percent })})</span>}
        </p>
      )}
      <a
        class="tool preview-alone"
        href={`${session.data.page.urls.preview}?version=draft`}
        target="_blank"
        rel="noreferrer"
        aria-label={preview.openAlone}
        title={preview.openAlone}
      >
        <Icon name="view" />
      </a>
      <button
        type="button"
        class="compact"
        aria-pressed={isReading.value}
        title={preview.readingHelp}
        onClick={() => {
          isReading.value = !isReading.value;
        }}
      >
        {preview.reading}
      </button>
    </div>
  );
}
