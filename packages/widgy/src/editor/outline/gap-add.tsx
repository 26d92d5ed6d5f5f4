/** @jsxImportSource preact */
import type { Signal } from '@preact/signals';
import { labelIn } from '../commands/where.ts';
import { Icon } from '../parts/icon.tsx';
import type { Session } from '../session/session.ts';
import type { Surface } from '../session/surface.ts';
import type { NewAt } from './gap-place.ts';
import type { Layout } from './layout.ts';

/** The button in the gap that a mouse is at. Others add by the buttons of the active row, by its menu, and by keys. */
export function GapAdd({
  session,
  surface,
  layout,
  gap,
}: {
  readonly session: Session;
  readonly surface: Surface;
  readonly layout: Layout;
  readonly gap: Signal<NewAt | undefined>;
}) {
  const at = gap.value;
  if (at === undefined) return null;
  const { words, tree, catalogue } = session;
  const { parent, before } = at.place;
  const name =
    before === undefined
      ? words.picker.addAtEnd({ parent: labelIn(tree.value, parent, catalogue) })
      : words.picker.addBefore({ what: labelIn(tree.value, before, catalogue) });
  return (
    <div
      class="outline-gap"
      style={{
        insetBlockStart: `${layout.gapTop(at.afterRow)}px`,
        insetInlineStart: `${layout.levelStart(at.depth)}px`,
      }}
    >
      <button
        type="button"
        class="outline-gap-button"
        aria-label={name}
        title={name}
        tabIndex={-1}
        onClick={() => {
          gap.value = undefined;
          surface.dialog.value = { kind: 'add', at: at.place };
        }}
      >
        <Icon name="add" />
      </button>
    </div>
  );
}
