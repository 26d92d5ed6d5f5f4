/** @jsxImportSource preact */
import type { TextPiece } from '../../tree/word-diff.ts';
import type { Words } from '../words/index.ts';
import type { ChangedField, Difference } from './compare.ts';

/** What one difference needs. */
export interface DifferenceRowProps {
  readonly words: Words;
  readonly difference: Difference;
  /** The id of the button that has its name. */
  readonly buttonId: string;
  readonly isCurrent: boolean;
  /** The number of the version from which it can be brought back; undefined where it cannot. */
  readonly restoreFrom: number | undefined;
  readonly isBusy: boolean;
  readonly onGo: (difference: Difference) => void;
  readonly onRestore: (id: string, commit: number) => void;
}

/** One difference: what is different, where, and which words of it. */
export function DifferenceRow(props: DifferenceRowProps) {
  const { words, difference, buttonId, isCurrent, restoreFrom, isBusy, onGo, onRestore } = props;
  const { history: texts } = words;
  const { kind, id, name } = difference;
  // What moved stays where it is when it is restored, and what was added was not there.
  const isRestorable = kind === 'removed' || kind === 'changed';
  return (
    <li class={`difference ${kind}`} data-current={isCurrent}>
      <p class="difference-head">
        <span class="difference-kind">{texts[kind]}</span>
        <button
          id={buttonId}
          type="button"
          class="as-link"
          aria-current={isCurrent ? 'true' : undefined}
          onClick={() => onGo(difference)}
        >
          {name}
        </button>
      </p>
      {'below' in difference && difference.below > 0 ? (
        <p class="small muted">{texts.with({ count: difference.below })}</p>
      ) : null}
      {kind === 'added' ? <p class="small muted difference-place">{difference.to}</p> : null}
      {kind === 'removed' ? <p class="small muted difference-place">{difference.from}</p> : null}
      {kind === 'moved' ? (
        <p class="small muted">{texts.movedFrom({ from: difference.from, to: difference.to })}</p>
      ) : null}
      {kind === 'changed'
        ? difference.fields.map((field) => (
            <FieldRow key={field.label} words={words} what={name} field={field} />
          ))
        : null}
      {isRestorable && restoreFrom !== undefined ? (
        <button
          type="button"
          class="compact"
          title={texts.restoreWidgetFrom({ what: name, number: restoreFrom })}
          aria-disabled={isBusy}
          onClick={() => !isBusy && onRestore(id, restoreFrom)}
        >
          {texts.restoreWidget}
          <span class="hidden-text">: {name}</span>
        </button>
      ) : null}
    </li>
  );
}

function FieldRow({
  words: { history, conflicts },
  what,
  field,
}: {
  readonly words: Words;
  readonly what: string;
  readonly field: ChangedField;
}) {
  const { label, before, after } = field;
  const told = { field: label, what };
  return (
    <div class="difference-field">
      <h4>{label}</h4>
      <div class="difference-texts">
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for what can be filled in. */}
        <div role="group" class="text-before" aria-label={history.fieldBefore(told)}>
          <Pieces pieces={before} tag="del" none={conflicts.absent} />
        </div>
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for what can be filled in. */}
        <div role="group" class="text-after" aria-label={history.fieldAfter(told)}>
          <Pieces pieces={after} tag="ins" none={conflicts.absent} />
        </div>
      </div>
    </div>
  );
}

/** A text with its own words marked. */
function Pieces({
  pieces,
  tag: Tag,
  none,
}: {
  readonly pieces: readonly TextPiece[];
  readonly tag: 'del' | 'ins';
  readonly none: string;
}) {
  if (pieces.length === 0) return <em class="muted">{none}</em>;
  return (
    <>
      {pieces.map(({ text, isOwn }, at) =>
        isOwn ? <Tag key={at}>{text}</Tag> : <span key={at}>{text}</span>,
      )}
    </>
  );
}
