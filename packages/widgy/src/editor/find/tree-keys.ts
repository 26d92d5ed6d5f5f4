import type { Command } from '../commands/command.ts';

/** What keys do in the outline by the pattern for trees: for telling people. What does it is the outline's own. */
export const TREE_KEYS: readonly Pick<Command, 'name' | 'shortcuts'>[] = [
  { name: ({ commands }) => commands.selectUp, shortcuts: [{ key: 'ArrowUp' }] },
  { name: ({ commands }) => commands.selectDown, shortcuts: [{ key: 'ArrowDown' }] },
  { name: ({ commands }) => commands.selectFirst, shortcuts: [{ key: 'Home' }] },
  { name: ({ commands }) => commands.selectLast, shortcuts: [{ key: 'End' }] },
  { name: ({ commands }) => commands.expand, shortcuts: [{ key: 'ArrowRight' }] },
  { name: ({ commands }) => commands.collapse, shortcuts: [{ key: 'ArrowLeft' }] },
  { name: ({ commands }) => commands.extendUp, shortcuts: [{ key: 'ArrowUp', isShift: true }] },
  { name: ({ commands }) => commands.extendDown, shortcuts: [{ key: 'ArrowDown', isShift: true }] },
];
