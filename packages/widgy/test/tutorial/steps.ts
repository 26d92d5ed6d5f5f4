/** What a reader of a tutorial does: write a file, or run a command and look at what it prints. */
export type Step = FileStep | CommandStep;

/** A file to write, by its path in the project. */
export interface FileStep {
  readonly kind: 'file';
  readonly path: string;
  readonly text: string;
}

/** A command to run, and what the tutorial says that it prints. */
export interface CommandStep {
  readonly kind: 'command';
  readonly command: string;
  /** Undefined where the tutorial shows none. */
  readonly output: { readonly language: string; readonly text: string } | undefined;
}

/** The steps below one heading; there may be none. */
export interface Section {
  readonly heading: string;
  readonly steps: readonly Step[];
}

/**
 * Reads a tutorial: a block of code below a path in bold is a file, a block of `sh` is a command, and any other block is what the command
 * before it prints.
 *
 * @throws Error for a block that is none of these, so that nothing is passed over
 */
export function sectionsOf(page: string): readonly Section[] {
  return page.split(/^## /m).map((part) => {
    const [heading = ''] = part.split('\n', 1);
    return { heading: heading.replace(/^# /, ''), steps: stepsOf(part) };
  });
}

function stepsOf(part: string): readonly Step[] {
  const steps: Step[] = [];
  const blocks = [...part.matchAll(/^(?:\*\*([^*\n]+)\*\*\n\n)?```(\w*)\n([\s\S]*?)^```$/gm)];
  const fences = part.match(/^```/gm)?.length ?? 0;
  if (fences !== 2 * blocks.length) throw new Error(`A block of code does not end:\n${part}`);
  for (const [block, path, language = '', text = ''] of blocks) {
    if (path !== undefined) steps.push({ kind: 'file', path, text });
    else if (language === 'sh') steps.push({ kind: 'command', command: text.trimEnd(), output: undefined });
    else {
      const last = steps.pop();
      if (last?.kind !== 'command' || last.output !== undefined)
        throw new Error(`This block is neither a file, nor a command, nor what one prints:\n${block}`);
      steps.push({ ...last, output: { language, text } });
    }
  }
  return steps;
}
