/** @jsxImportSource preact */

import { useEffect, useId, useMemo, useRef, useState } from 'preact/hooks';
import type { Editor } from '../commands/command.ts';
import { browserHost } from '../commands/host.ts';
import { possibleCommands } from '../commands/registry.ts';
import { isOfComposition } from '../commands/typing.ts';
import { Modal } from '../parts/modal.tsx';
import { stepOption } from '../picker/active-option.ts';
import { selectOne } from '../session/selection.ts';
import type { Session } from '../session/session.ts';
import type { Surface } from '../session/surface.ts';
import { problemsOf } from './problems.ts';
import { ResultList } from './result-list.tsx';
import { commandEntries, type Goal, resultsOf } from './results.ts';
import { usePages } from './use-pages.ts';
import { widgetEntries } from './widget-entries.ts';

/** What finding needs. */
export interface FindProps {
  readonly session: Session;
  readonly surface: Surface;
}

/** Finds what can be done, widgets and their texts, what is wrong in the page, and other pages. */
export function Find({ session, surface }: FindProps) {
  const { words, data } = session;
  const [typed, setTyped] = useState('');
  const [active, setActive] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const chosen = useRef<Goal | undefined>(undefined);
  const list = useId();
  const editor = useMemo((): Editor => ({ session, surface, host: browserHost(data) }), [session, surface]);
  const { pages, state } = usePages(typed, data, words.formats.language);
  const tree = session.tree.value;
  const conflicts = session.conflicts.value;
  // What can be done is found out once: nothing else can be done while this is open.
  const commands = useMemo(() => {
    const others = possibleCommands(editor).filter(({ id }) => id !== 'find');
    return commandEntries(others, words);
  }, [editor]);
  const widgets = useMemo(() => widgetEntries(tree, session), [tree]);
  const lostLinks = session.lostLinks.value;
  const problems = useMemo(() => problemsOf(session), [tree, conflicts, lostLinks]);
  const groups = useMemo(
    () => resultsOf({ typed, commands, widgets, problems, pages, words }),
    [typed, commands, widgets, problems, pages],
  );
  const results = groups.flatMap((group) => group.results);
  const current = results[Math.min(active, results.length - 1)];
  useEffect(() => input.current?.focus(), []);

  const choose = (goal: Goal) => {
    chosen.current = goal;
    input.current?.closest('dialog')?.close();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (isOfComposition(event)) return;
    const to = stepOption(
      event.key,
      results.findIndex(({ key }) => key === current?.key),
      results.length,
    );
    if (to !== undefined) setActive(to);
    else if (event.key === 'Enter' && current !== undefined) choose(current.goal);
    else return;
    event.preventDefault();
  };

  const isNothing = results.length === 0 && typed.trim() !== '' && state !== 'searching';
  return (
    <Modal
      words={words}
      title={words.find.title}
      name="find"
      onClose={() => {
        surface.dialog.value = undefined;
        // After the focus is back where it was, so that it stays where this takes it.
        if (chosen.current !== undefined) requestAnimationFrame(runLater(editor, chosen.current));
      }}
    >
      <input
        ref={input}
        class="picker-search"
        type="text"
        role="combobox"
        aria-label={words.find.label}
        placeholder={words.find.hint}
        aria-expanded="true"
        aria-autocomplete="list"
        aria-controls={list}
        aria-activedescendant={current && `${list}-${current.key}`}
        autocomplete="off"
        spellcheck={false}
        value={typed}
        onInput={(event) => {
          setTyped(event.currentTarget.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      <ResultList
        id={list}
        words={words}
        groups={groups}
        active={current?.key}
        onPoint={(result) => setActive(results.indexOf(result))}
        onChoose={({ goal }) => choose(goal)}
      />
      {isNothing ? <p class="picker-none">{words.find.noneFound({ text: typed.trim() })}</p> : null}
      <p class="find-state" role="status">
        {state === 'unreachable' ? words.find.pagesOffline : null}
        <span class="hidden-text">{words.find.found({ count: results.length })}</span>
      </p>
    </Modal>
  );
}

function runLater(editor: Editor, goal: Goal): () => void {
  const { session, host } = editor;
  return () => {
    switch (goal.kind) {
      case 'command':
        return goal.command.run(editor);
      case 'page':
        return host.go(pageUrl(session.data.admin, goal));
      case 'widget': {
        session.selection.value = selectOne(goal.id);
        const pane = goal.isForForm ? 'form' : 'outline';
        editor.surface.pane.value = pane;
        return host.focus(pane);
      }
    }
  };
}

/** The editor of a page, for who may edit it; else what is told of it. */
function pageUrl(admin: string, { id, document }: Extract<Goal, { readonly kind: 'page' }>): string {
  return document === undefined
    ? `${admin}/pages/${encodeURIComponent(id)}`
    : `${admin}/documents/${encodeURIComponent(document)}/editor`;
}
