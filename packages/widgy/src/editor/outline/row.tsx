/** @jsxImportSource preact */
import { Component } from 'preact';
import { Icon } from '../parts/icon.tsx';
import type { Words } from '../words/index.ts';
import type { Badges, RowWords } from './row-text.ts';
import type { Row } from './rows.ts';

/** What the view of one row needs. It is drawn again only where something of it is another. */
export interface RowProps {
  readonly row: Row;
  readonly id: string;
  readonly words: Words;
  readonly text: RowWords;
  readonly badges: Badges | undefined;
  readonly top: number;
  readonly start: number;
  readonly isSelected: boolean;
  readonly isActive: boolean;
  readonly isHovered: boolean;
  readonly isDragged: boolean;
  /** Whether something may be added, moved or removed at all. */
  readonly mayEdit: boolean;
}

/** One row of the outline. What is pressed in it is heard by the tree, by the attributes here. */
export class RowView extends Component<RowProps> {
  override shouldComponentUpdate(next: RowProps): boolean {
    const old = this.props;
    return (
      !isSameRow(next.row, old.row) ||
      next.text.name !== old.text.name ||
      next.top !== old.top ||
      next.start !== old.start ||
      next.isSelected !== old.isSelected ||
      next.isActive !== old.isActive ||
      next.isHovered !== old.isHovered ||
      next.isDragged !== old.isDragged ||
      next.words !== old.words ||
      JSON.stringify(next.badges) !== JSON.stringify(old.badges)
    );
  }

  override render({ row, id, words, text, badges, top, start, ...state }: RowProps) {
    const isWidget = row.kind === 'widget';
    const spoken = [text.name, ...(badges === undefined ? [] : spokenOf(badges, words))].join(', ');
    return (
      // biome-ignore lint/a11y/useFocusableInteractive: the tree has the focus and names the active row.
      <div
        id={id}
        role="treeitem"
        class={`outline-row outline-${row.kind}`}
        data-key={row.key}
        data-active={state.isActive}
        data-hovered={state.isHovered}
        data-dragged={state.isDragged}
        aria-label={spoken}
        aria-level={row.level}
        aria-posinset={row.posInSet}
        aria-setsize={row.setSize}
        aria-expanded={row.hasChildren ? !row.isCollapsed : undefined}
        aria-selected={isWidget ? state.isSelected : undefined}
        style={{ insetBlockStart: `${top}px`, paddingInlineStart: `${start}px` }}
      >
        <span class="outline-toggle" data-toggle={row.hasChildren}>
          {row.kind === 'add' ? <Icon name="add" /> : null}
        </span>
        <span class="outline-words">
          <span class="outline-label">{text.label}</span>
          {text.summary === '' ? null : <span class="outline-summary"> {text.summary}</span>}
        </span>
        {badges === undefined ? null : <BadgesView badges={badges} words={words} />}
        {isWidget && (state.isActive || state.isHovered) ? (
          <span class="outline-buttons">
            {state.mayEdit ? (
              <RowButton {...{ icon: 'add', act: 'add' }} name={words.picker.addAfter({ what: text.name })} />
            ) : null}
            <RowButton {...{ icon: 'more', act: 'menu' }} name={words.outline.actions({ what: text.name })} />
          </span>
        ) : null}
      </div>
    );
  }
}

/** For pointers, and for screen readers that go from one thing to the next. Keys do the same from the row, so that the tree stays one Tab stop. */
function RowButton({
  icon,
  act,
  name,
}: {
  readonly icon: 'add' | 'more';
  readonly act: 'add' | 'menu';
  readonly name: string;
}) {
  return (
    <button
      type="button"
      class="outline-button"
      data-act={act}
      aria-label={name}
      aria-haspopup={act === 'menu' ? 'menu' : 'dialog'}
      title={name}
      tabIndex={-1}
    >
      <Icon name={icon} />
    </button>
  );
}

function BadgesView({ badges, words }: { readonly badges: Badges; readonly words: Words }) {
  const { isUnknown, isUnseen, hasLostLink, shared, conflicts, people, marks } = badges;
  return (
    <span class="outline-badges" aria-hidden="true">
      {marks.map((kind) => (
        <span key={kind} class="outline-badge" data-mark={kind}>
          {/* Without the space it would be one word with what is before it. */} {words.history[kind]}
        </span>
      ))}
      {isUnknown ? (
        <span class="outline-badge" data-badge="unknown" title={words.outline.unknownType}>
          ?
        </span>
      ) : null}
      {isUnseen ? (
        <span class="outline-badge" data-badge="unseen" title={words.outline.notShown}>
          ∅
        </span>
      ) : null}
      {hasLostLink ? (
        <span class="outline-badge" data-badge="lost" title={words.outline.leadsNowhere}>
          ↛
        </span>
      ) : null}
      {shared === undefined ? null : (
        <span
          class="outline-badge"
          data-badge="shared"
          data-uses={shared.uses ?? '…'}
          title={sharedText(shared, words)}
        />
      )}
      {conflicts > 0 ? (
        <span class="outline-badge" data-badge="conflict" title={words.outline.hasConflict}>
          !
        </span>
      ) : null}
      {people.slice(0, 2).map(({ client, name }) => (
        <span
          key={client}
          class="outline-person"
          data-initial={[...name][0]?.toLocaleUpperCase() ?? '?'}
          title={name}
        />
      ))}
    </span>
  );
}

function spokenOf(
  { isUnknown, isUnseen, hasLostLink, shared, conflicts, people, marks }: Badges,
  words: Words,
): readonly string[] {
  const { outline, presence, history } = words;
  return [
    ...marks.map((kind) => history[kind]),
    ...(isUnknown ? [outline.unknownType] : []),
    ...(isUnseen ? [outline.notShown] : []),
    ...(hasLostLink ? [outline.leadsNowhere] : []),
    ...(shared === undefined ? [] : [sharedText(shared, words)]),
    ...(conflicts > 0 ? [outline.hasConflict] : []),
    ...people.map(({ name }) => presence.isHere({ who: name })),
  ];
}

function sharedText({ uses }: NonNullable<Badges['shared']>, { sharing }: Pick<Words, 'sharing'>): string {
  return uses === undefined ? sharing.badge : `${sharing.badge}: ${sharing.usedTimes({ count: uses })}`;
}

function isSameRow(a: Row, b: Row): boolean {
  if (a === b) return true;
  const isOfSame =
    a.kind === 'widget'
      ? b.kind === 'widget' && a.widget === b.widget
      : b.kind === a.kind && a.parent.type === b.parent.type;
  return (
    isOfSame &&
    a.key === b.key &&
    a.level === b.level &&
    a.posInSet === b.posInSet &&
    a.setSize === b.setSize &&
    a.hasChildren === b.hasChildren &&
    a.isCollapsed === b.isCollapsed
  );
}
