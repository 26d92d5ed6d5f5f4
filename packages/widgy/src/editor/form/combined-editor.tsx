/** @jsxImportSource preact */
import { combineBlocks, combineTexts } from './combine.ts';
import { controlId, controlKind } from './control.ts';
import type { Entry } from './entry.ts';
import { CodeControl, RichTextControl } from './loaded-controls.tsx';
import type { FieldPlace } from './memory.ts';
import { blocksOf } from './rich-text-blocks.ts';
import { TextArea } from './text-controls.tsx';

/** Both texts of a field in one, to begin with. */
export function combinedEntry({ field }: FieldPlace, theirs: string, mine: string): Entry {
  if (controlKind(field) === 'rich-text')
    return { kind: 'text', text: combineBlocks(blocksOf(theirs), blocksOf(mine)) };
  return { kind: 'text', text: combineTexts(theirs, mine) };
}

/** Lets somebody make one text of two. It is kept with its button, and with nothing else. */
export function CombinedEditor({
  place,
  entry,
  onEntry,
  onKeep,
}: {
  readonly place: FieldPlace;
  readonly entry: Entry;
  readonly onEntry: (entry: Entry) => void;
  readonly onKeep: () => void;
}) {
  const { session, field } = place;
  const { words } = session;
  const path = [field.name, 'combined'];
  const id = controlId(path);
  const tied = { 'aria-describedby': `${id}-help`, 'aria-invalid': undefined, 'aria-required': undefined };
  const props = {
    ...{ place, field, path, entry, problems: [], onEntry, id, tied },
    entryNow: () => entry,
    labelId: `${id}-label`,
    onLeave,
  };
  const kind = controlKind(field);
  return (
    <div class="form-field">
      <label id={props.labelId} for={id}>
        {words.conflicts.combined}
      </label>
      <p id={`${id}-help`} class="form-help">
        {words.conflicts.combineHelp}
      </p>
      {kind === 'rich-text' ? (
        <RichTextControl {...props} />
      ) : kind === 'code' ? (
        <CodeControl {...props} />
      ) : (
        <TextArea {...props} />
      )}
      <button type="button" onClick={onKeep}>
        {words.conflicts.keepCombined}
      </button>
    </div>
  );
}

/** It is kept with a button and with nothing else. */
function onLeave(): void {}
