import type { Command, Shortcut } from '../commands/command.ts';
import { normal } from '../picker/match.ts';
import type { FoundTarget } from '../server/links.ts';
import type { Words } from '../words/index.ts';
import type { PageProblem } from './problems.ts';
import { type Findable, rank } from './rank.ts';
import { placeInTexts, type WidgetEntry } from './widget-entries.ts';

/** Something that was found, as it is shown. */
export interface Result {
  readonly key: string;
  readonly label: string;
  /** What tells it from others, or where in it the words are. */
  readonly detail: string;
  readonly shortcut?: Shortcut | undefined;
  readonly goal: Goal;
}

/** What choosing a result does. */
export type Goal =
  | { readonly kind: 'command'; readonly command: Command }
  | { readonly kind: 'widget'; readonly id: string; readonly isForForm: boolean }
  /** `document`: the one of it that this person may edit. */
  | { readonly kind: 'page'; readonly id: string; readonly document: string | undefined };

/** Results of one kind. */
export interface ResultGroup {
  readonly name: 'problems' | 'commands' | 'widgets' | 'pages';
  readonly results: readonly Result[];
  /** How many more there are. */
  readonly more: number;
}

/** What can be found. */
export interface FindQuestion {
  readonly typed: string;
  readonly commands: readonly CommandEntry[];
  readonly widgets: readonly WidgetEntry[];
  readonly problems: readonly PageProblem[];
  /** Pages that the server found for what was typed. */
  readonly pages: readonly FoundTarget[];
  readonly words: Words;
}

/** A command that can be found by its name. */
export interface CommandEntry extends Findable {
  readonly command: Command;
  readonly label: string;
}

/** So many results of each kind are shown. */
export const MAX_RESULTS = { problems: 5, commands: 8, widgets: 20, pages: 10 } as const;

/** Commands as they are found. */
export function commandEntries(commands: readonly Command[], words: Words): readonly CommandEntry[] {
  return commands.map((command) => {
    const label = command.name(words);
    return { command, label, name: normal(label), texts: [] };
  });
}

/**
 * What was found, in groups that are not empty. While nothing is typed it is what is wrong in the page and what can be done; and what is wrong is
 * found by what it is called, too.
 */
export function resultsOf(question: FindQuestion): readonly ResultGroup[] {
  const { typed, pages } = question;
  const { words } = question;
  const isSearch = typed.trim() !== '';
  const groups: readonly ResultGroup[] = [
    problemGroup(question, isSearch),
    commandGroup(question, isSearch),
    isSearch ? widgetGroup(question) : { name: 'widgets', results: [], more: 0 },
    {
      name: 'pages',
      more: Math.max(0, pages.length - MAX_RESULTS.pages),
      results: pages.slice(0, MAX_RESULTS.pages).map(({ id, label, url = '', document }) => ({
        ...{ key: `page-${id}`, label: words.find.openPage({ page: label }), detail: url },
        goal: { kind: 'page', id, document },
      })),
    },
  ];
  return groups.filter(({ results }) => results.length > 0);
}

function problemGroup({ problems, words, typed }: FindQuestion, isSearch: boolean): ResultGroup {
  const [first] = problems;
  const all = [
    ...(first === undefined ? [] : [{ ...first, label: words.find.firstProblem, detail: first.what }]),
    ...problems.map((problem) => ({ ...problem, label: problem.what, detail: '' })),
  ].map((problem) => ({ ...problem, name: normal(problem.label), texts: [] }));
  const limit = MAX_RESULTS.problems;
  const { found, more } = isSearch
    ? rank(all, typed, limit)
    : { found: all.slice(0, limit).map((item) => ({ item })), more: Math.max(0, all.length - limit) };
  const results = found.map(({ item }, at) => ({
    ...{ key: `problem-${at}`, label: item.label, detail: item.detail },
    goal: { kind: 'widget', id: item.widget, isForForm: true } as const,
  }));
  return { name: 'problems', results, more };
}

function commandGroup({ commands, typed }: FindQuestion, isSearch: boolean): ResultGroup {
  const { found, more } = isSearch
    ? rank(commands, typed, MAX_RESULTS.commands)
    : { found: commands.map((item) => ({ item })), more: 0 };
  const results = found.map(({ item: { command, label } }) => ({
    ...{ key: `command-${command.id}`, label, detail: '', shortcut: command.shortcuts[0] },
    goal: { kind: 'command', command } as const,
  }));
  return { name: 'commands', results, more };
}

function widgetGroup({ widgets, typed, words }: FindQuestion): ResultGroup {
  const { found, more } = rank(widgets, typed, MAX_RESULTS.widgets);
  const results = found.map((each) => {
    const { widget, label, summary } = each.item;
    const place = placeInTexts(each, typed);
    const what = words.outline.name({ label, summary });
    return {
      key: `widget-${widget.id}`,
      label: place === undefined ? what : place.excerpt,
      detail: place === undefined ? '' : words.find.inField({ field: place.field, what }),
      goal: { kind: 'widget', id: widget.id, isForForm: false } as const,
    };
  });
  return { name: 'widgets', results, more };
}
