import { hash } from 'node:crypto';
import { CompressorError } from '../errors.ts';
import { type Artifact, mediaType } from './artifact.ts';
import type { Build } from './builder.ts';

/** Facts about an output file. */
export interface FileFacts {
  readonly name: string;
  readonly size: number;
  /** Subresource Integrity metadata. */
  readonly integrity: string;
  /** Names of the artifacts that its text refers to. */
  readonly references: readonly string[];
}

/** An output file whose content need not be in memory. */
export interface FinishedFile extends FileFacts {
  readonly type: string;
  /**
   * Its content, built again if need be.
   *
   * @throws CompressorError `source-unstable` if its sources changed since it was finished, and what building throws
   */
  load(): Promise<Buffer>;
}

/** The facts of what a part was built into. */
export interface PartFacts {
  readonly entries: readonly FileFacts[];
  readonly files: readonly FileFacts[];
}

/** What a part was built into. */
export interface Finished {
  readonly entries: readonly FinishedFile[];
  readonly files: readonly FinishedFile[];
}

/** The facts about a build. */
export function factsOf({ entries, files }: Build): PartFacts {
  return { entries: entries.map(fileFacts), files: files.map(fileFacts) };
}

/** @param build makes what the facts are about */
export function finishedOf({ entries, files }: PartFacts, build: () => Promise<Build>): Finished {
  const finish = (facts: FileFacts): FinishedFile => ({
    ...facts,
    type: mediaType(facts.name),
    async load() {
      const built = await build();
      const artifact = [...built.entries, ...built.files].find(({ name }) => name === facts.name);
      if (artifact !== undefined) return artifact.bytes;
      throw new CompressorError('source-unstable', {
        message: `the sources of "${facts.name}" changed while the site was built`,
      });
    },
  });
  return { entries: entries.map(finish), files: files.map(finish) };
}

/** The facts about an artifact. */
export function fileFacts({ name, bytes, references }: Artifact): FileFacts {
  return { name, size: bytes.length, integrity: integrityOf(bytes), references };
}

/** Subresource Integrity, 3.1, with SHA-384. */
function integrityOf(bytes: Buffer): string {
  return `sha384-${hash('sha384', bytes, 'base64')}`;
}
