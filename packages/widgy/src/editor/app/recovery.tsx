/** @jsxImportSource preact */
import type { LeftChanges } from '../session/begin.ts';
import type { Words } from '../words/index.ts';

/** What asking needs. */
export interface RecoveryProps {
  readonly words: Words;
  readonly left: LeftChanges;
  readonly onChoice: (isWanted: boolean) => void;
}

/** Asks what to do with changes of a tab that was closed before they were saved. */
export function Recovery({ words, left, onChoice }: RecoveryProps) {
  const { recovery } = words;
  return (
    <main class="recovery">
      <h1>{recovery.title}</h1>
      <p>{recovery.found(left)}</p>
      <p class="recovery-actions">
        <button type="button" class="primary" onClick={() => onChoice(true)}>
          {recovery.recover}
        </button>
        <button type="button" onClick={() => onChoice(false)}>
          {recovery.discard}
        </button>
      </p>
    </main>
  );
}
