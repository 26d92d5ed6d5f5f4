/** @jsxImportSource preact */
import type { Shortcut } from '../commands/command.ts';
import { keyNames } from '../commands/shortcuts.ts';
import type { Words } from '../words/index.ts';

/** The keys of a shortcut, each as a key. */
export function Keys({
  shortcut,
  words,
  isMac,
}: {
  readonly shortcut: Shortcut;
  readonly words: Words;
  readonly isMac: boolean;
}) {
  return (
    <span class="key-names">
      {keyNames(shortcut, words, isMac).map((name) => (
        <kbd key={name}>{name}</kbd>
      ))}
    </span>
  );
}
