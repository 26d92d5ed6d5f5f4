import { contentHash } from '../../hash.ts';
import { type Artifact, mediaType } from '../artifact.ts';
import type { EntryText } from '../module-chunks.ts';
import type { ModuleBundle } from '../modules.ts';
import type { OwnFile } from '../own-kind.ts';
import type { RawSourceMap } from '../source-map.ts';
import type { Inputs, Unit } from '../unit.ts';
import type { UnitEntry } from './index.ts';

/** A file beside a unit: a text of its own, or a copy of a file that was read. */
type StoredFile =
  | { readonly name: string; readonly references: readonly string[]; readonly text: string }
  /** The index of the input that it is a copy of. */
  | { readonly name: string; readonly copyOf: number };

interface Stored {
  readonly text: string;
  readonly map: RawSourceMap | null;
  readonly realm: Unit['realm'];
  readonly mustBeFirst: boolean;
  readonly files: readonly StoredFile[];
}

interface StoredBundle {
  readonly entries: readonly {
    readonly text: string;
    readonly map: RawSourceMap | null;
    readonly references: readonly string[];
  }[];
  readonly files: readonly StoredFile[];
}

/** Reads the bytes of a file that was read for a unit; undefined if it is not what it was. */
export type ReadInput = (index: number) => Promise<Buffer | undefined>;

/** How something compiled becomes a text and comes back. */
export interface Codec<T> {
  /** The same text for the same content. Undefined for what cannot be kept. */
  encode(value: T): string | undefined;
  traits(value: T): UnitEntry['traits'];
  /** Undefined if a file that belongs to it is gone. */
  decode(text: string, inputs: Inputs, readInput: ReadInput): Promise<T | undefined>;
}

/** Styles and classic scripts. */
export const unitCodec: Codec<Unit> = {
  traits: ({ realm, mustBeFirst }) => ({ realm, mustBeFirst }),
  encode({ text, map, realm, mustBeFirst, files, inputs }) {
    const stored = files.map((file) => storedFile(file, inputs));
    if (!isComplete(stored)) return undefined;
    const content: Stored = { text, map: map ?? null, realm, mustBeFirst, files: stored };
    return JSON.stringify(content);
  },
  async decode(content, inputs, readInput) {
    const { text, map, realm, mustBeFirst, files }: Stored = JSON.parse(content);
    const restored = await Promise.all(files.map((file) => restoredFile(file, readInput)));
    if (!isComplete(restored)) return undefined;
    return { text, map: map ?? undefined, realm, mustBeFirst, files: restored, inputs };
  },
};

/** Bundles of modules. */
export const bundleCodec: Codec<ModuleBundle> = {
  traits: () => undefined,
  encode({ entries, files, inputs }) {
    const stored = files.map((file) => storedFile(file, inputs));
    if (!isComplete(stored)) return undefined;
    const content: StoredBundle = {
      entries: entries.map(({ text, map, references }) => ({ text, map: map ?? null, references })),
      files: stored,
    };
    return JSON.stringify(content);
  },
  async decode(content, inputs, readInput) {
    const stored: StoredBundle = JSON.parse(content);
    const files = await Promise.all(stored.files.map((file) => restoredFile(file, readInput)));
    if (!isComplete(files)) return undefined;
    const entries = stored.entries.map(
      ({ text, map, references }): EntryText => ({ text, map: map ?? undefined, references }),
    );
    return { entries, files, inputs };
  },
};

/** Files of the kinds of the site, of whatever bytes. */
export const ownCodec: Codec<OwnFile> = {
  traits: () => undefined,
  encode: ({ content }) => content.toString('base64'),
  async decode(content, inputs) {
    return { content: Buffer.from(content, 'base64'), inputs };
  },
};

/** Pictures and fonts are where they were read from, and may be large; chunks are texts. */
function storedFile({ name, bytes, references }: Artifact, inputs: Inputs): StoredFile | undefined {
  const hash = contentHash(bytes);
  const copyOf = [...inputs.values()].findIndex((input) => input.hash === hash);
  if (copyOf !== -1 && references.length === 0) return { name, copyOf };
  const text = bytes.toString();
  return Buffer.from(text).equals(bytes) ? { name, references, text } : undefined;
}

async function restoredFile(file: StoredFile, readInput: ReadInput): Promise<Artifact | undefined> {
  const type = mediaType(file.name);
  if ('text' in file) {
    return { name: file.name, bytes: Buffer.from(file.text), type, references: file.references };
  }
  const bytes = await readInput(file.copyOf);
  return bytes && { name: file.name, bytes, type, references: [] };
}

function isComplete<T>(list: readonly (T | undefined)[]): list is readonly T[] {
  return !list.includes(undefined);
}
