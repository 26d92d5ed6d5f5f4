/** @jsxImportSource preact */

import type { Shortcut } from '../commands/command.ts';
import { isMac } from '../commands/keys.ts';
import { COMMANDS } from '../commands/registry.ts';
import { Modal } from '../parts/modal.tsx';
import type { Session } from '../session/session.ts';
import type { Surface } from '../session/surface.ts';
import type { Words } from '../words/index.ts';
import { Keys } from './key-names.tsx';
import { TREE_KEYS } from './tree-keys.ts';

/** What the list of shortcuts needs. */
export interface ShortcutsProps {
  readonly session: Session;
  readonly surface: Surface;
}

/** All keys that mean something, with what they do. */
export function Shortcuts({ session, surface }: ShortcutsProps) {
  const { words } = session;
  const texts = words.shortcuts;
  const of = (isWidgets: boolean) =>
    COMMANDS.filter(
      ({ group, shortcuts }) => shortcuts.length > 0 && (group === 'everywhere') !== isWidgets,
    ).map(({ name, shortcuts }) => ({ name: name(words), shortcuts }));
  return (
    <Modal
      words={words}
      title={texts.title}
      name="shortcuts"
      onClose={() => {
        surface.dialog.value = undefined;
      }}
    >
      <p>{texts.intro}</p>
      <Table title={texts.everywhere} rows={of(false)} words={words} />
      <Table title={words.find.widgets} rows={of(true)} words={words} />
      <Table
        title={texts.inOutline}
        rows={TREE_KEYS.map(({ name, shortcuts }) => ({ name: name(words), shortcuts }))}
        words={words}
      />
    </Modal>
  );
}

interface TableProps {
  readonly title: string;
  readonly rows: readonly { readonly name: string; readonly shortcuts: readonly Shortcut[] }[];
  readonly words: Words;
}

function Table({ title, rows, words }: TableProps) {
  return (
    <table class="shortcut-table">
      <caption>{title}</caption>
      <thead class="hidden-text">
        <tr>
          <th scope="col">{words.shortcuts.command}</th>
          <th scope="col">{words.shortcuts.keys}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, shortcuts }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>
              {shortcuts.map((shortcut, at) => (
                <span key={`${shortcut.key}-${shortcut.isShift === true}`}>
                  {at === 0 ? null : <span class="shortcut-or"> {words.shortcuts.or} </span>}
                  <Keys shortcut={shortcut} words={words} isMac={isMac()} />
                </span>
              ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
