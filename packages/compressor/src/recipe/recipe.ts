/** The kinds of blocks that are built in. */
export type CodeKind = 'css' | 'js';

/** What a block is made of: `css`, `js`, or the name of a kind that the site adds. */
export type Kind = string;

/** How a block is written into the page: a link or script, the text itself, or only a hint to fetch it early. */
export type TagMode = 'file' | 'inline' | 'preload';

/** A style sheet, a classic script, or ES modules. */
export type CodeGoal = 'style' | 'classic' | 'module';

/** A file of a kind that the site adds: its name and the extension of its files, `own:sprite.svg`. */
export type OwnGoal = `own:${string}.${string}`;

/** What a group becomes. */
export type Goal = CodeGoal | OwnGoal;

/** What groups of a kind of the site become. */
export function ownGoal(name: string, extension: string): OwnGoal {
  return `own:${name}.${extension.replace(/^\./, '')}`;
}

/** Whether a group becomes a file of a kind that the site adds. */
export function isOwnGoal(goal: Goal): goal is OwnGoal {
  return goal.startsWith('own:');
}

/** Whether a group is built as one, instead of source by source. */
export function isWhole(goal: Goal): goal is 'module' | OwnGoal {
  return goal === 'module' || isOwnGoal(goal);
}

const CODE_GOALS: readonly unknown[] = ['style', 'classic', 'module'] satisfies CodeGoal[];

/** Whether a value names what a group can become. */
export function isGoal(value: unknown): value is Goal {
  return CODE_GOALS.includes(value) || (typeof value === 'string' && OWN_GOAL.test(value));
}

const OWN_GOAL = /^own:[a-z][a-z0-9-]*\.[a-z0-9]+$/;

/** The extension of the files that groups become, with the dot. */
export function extensionOf(goal: Goal): string {
  if (isOwnGoal(goal)) return goal.slice(goal.indexOf('.'));
  return goal === 'style' ? '.css' : '.js';
}

/** A source in a file, by its name below the static folders (`css/site.scss`) or in a package (`npm:package/file`). */
export interface FileSource {
  readonly file: string;
  /** The encoding the element declares; UTF-8 if it declares none. */
  readonly charset?: string;
}

/** A source written into the template. */
export interface InlineSource {
  readonly text: string;
  /** The extension of the language it is written in, with the dot: `.css`, `.scss`, `.js`, `.ts`. */
  readonly language: string;
}

/** One element of a block. */
export type Source = FileSource | InlineSource;

/**
 * What is built as a unit: nothing in it depends on how or where it is shown. It is plain data and holds no HTML,
 * no time and no absolute path, so the same group on two machines is the same value.
 */
export interface Group {
  readonly goal: Goal;
  readonly sources: readonly Source[];
}

/** A group and the attributes that its elements shared and that the tag written for it gets, sorted by name. */
export interface RecipeGroup extends Group {
  readonly attributes: Readonly<Record<string, string>>;
}

/** The value that a block's markup parses into. */
export interface Recipe {
  readonly kind: Kind;
  readonly groups: readonly RecipeGroup[];
}

/** Whether a source is a file. */
export function isFile(source: Source): source is FileSource {
  return 'file' in source;
}

/** A text that two groups share exactly when they are equal. */
export function groupIdentity(group: Group): string {
  return JSON.stringify([group.goal, group.sources.map(packSource)]);
}

/** The compact form of a source in identities and URLs. */
export type PackedSource =
  | string
  | readonly [file: string, charset: string]
  | readonly [language: string, text: string, 0];

/** A source as compact JSON data; {@link unpackSource} reverses it. */
export function packSource(source: Source): PackedSource {
  if (!isFile(source)) return [source.language, source.text, 0];
  return source.charset === undefined ? source.file : [source.file, source.charset];
}

/** Reverses {@link packSource}; undefined for a value that it never gave. */
export function unpackSource(value: unknown): Source | undefined {
  if (typeof value === 'string') return { file: value };
  if (!Array.isArray(value)) return undefined;
  const [first, second, third]: unknown[] = value;
  if (typeof first !== 'string' || typeof second !== 'string') return undefined;
  if (value.length === 2) return { file: first, charset: second };
  return value.length === 3 && third === 0 ? { language: first, text: second } : undefined;
}
