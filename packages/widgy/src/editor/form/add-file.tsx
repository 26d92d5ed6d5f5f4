/** @jsxImportSource preact */
import { useRef, useState } from 'preact/hooks';
import type { Problem } from '../server/answer.ts';
import type { FoundTarget } from '../server/links.ts';
import { addFile } from '../server/media-api.ts';
import type { FileTaking } from '../server/media-data.ts';
import type { Session } from '../session/session.ts';
import type { Words } from '../words/index.ts';

/** A file that was chosen, with the id that it is to have. */
interface ChosenFile {
  readonly id: string;
  readonly file: File;
}

/** How far a file has got. */
type Adding =
  | { readonly kind: 'none' }
  | { readonly kind: 'adding'; readonly name: string }
  | { readonly kind: 'refused'; readonly why: string }
  /** It can be sent again as it is. */
  | { readonly kind: 'unreachable'; readonly chosen: ChosenFile };

/** Adds a file of this person to the media of the site, and chooses it. */
export function AddFile({
  session,
  files,
  isPicture,
  onAdded,
}: {
  readonly session: Session;
  readonly files: FileTaking;
  readonly isPicture: boolean;
  readonly onAdded: (target: FoundTarget) => void;
}) {
  const { words, newId, announcement } = session;
  const input = useRef<HTMLInputElement>(null);
  const [adding, setAdding] = useState<Adding>({ kind: 'none' });
  const send = async (chosen: ChosenFile) => {
    const { name } = chosen.file;
    setAdding({ kind: 'adding', name });
    const answer = await addFile(files, chosen.id, chosen.file);
    if (answer.kind === 'done') {
      announcement.value = words.files.added({ name });
      onAdded(answer.value);
    } else if (answer.kind === 'refused')
      setAdding({ kind: 'refused', why: whyRefused(words, answer.problem) });
    else setAdding({ kind: 'unreachable', chosen });
  };
  return (
    <div class="form-add-file">
      <button type="button" disabled={adding.kind === 'adding'} onClick={() => input.current?.click()}>
        {isPicture ? words.files.addPicture : words.files.add}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        accept={isPicture ? files.acceptPictures : files.accept}
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? [];
          if (file !== undefined) void send({ id: newId(), file });
          // The same file can be chosen again.
          currentTarget.value = '';
        }}
      />
      {adding.kind === 'unreachable' ? (
        <button type="button" onClick={() => void send(adding.chosen)}>
          {words.files.again}
        </button>
      ) : null}
      <p class="form-help" role="status">
        {stateText(words, adding)}
      </p>
    </div>
  );
}

function stateText(words: Words, adding: Adding): string {
  switch (adding.kind) {
    case 'none':
      return '';
    case 'adding':
      return words.files.adding({ name: adding.name });
    case 'refused':
      return adding.why;
    case 'unreachable':
      return words.files.unreachable({ name: adding.chosen.file.name });
  }
}

function whyRefused({ files }: Words, { code, details }: Problem): string {
  const { limit } = details;
  if (code === 'too-large' && typeof limit === 'number') return files.refused['too-large']({ limit });
  switch (code) {
    case 'busy':
    case 'interrupted':
    case 'empty':
    case 'type-refused':
    case 'type-mismatch':
    case 'damaged':
    case 'too-many-pixels':
      return files.refused[code];
    default:
      return files.refusedOtherwise;
  }
}
