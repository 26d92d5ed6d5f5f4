import type { Build, Builder } from '../build/builder.ts';
import type { Part } from '../build/plan.ts';
import type { LogLevel } from '../log.ts';
import type { ArtifactStore } from './artifact-store.ts';
import { storageFailure } from './storage-failure.ts';

/** What building and keeping takes. */
export interface BuildAndKeepContext {
  readonly builder: Builder;
  readonly store: ArtifactStore;
  readonly warn: (level: LogLevel, key: string, message: string) => void;
}

/** Builds a part and keeps it. A storage that fails is reported and costs a later build; the visitor gets the file. */
export async function buildAndKeep(
  part: Part,
  { builder, store, warn }: BuildAndKeepContext,
): Promise<Build> {
  const build = await builder.build(part);
  await store.save(part, build).catch((error) => warn('error', storageFailure(error), String(error)));
  return build;
}
