import type { BuildTargets } from './targets.ts';

/**
 * What is part of every key beside the sources. It is found out when somebody first asks, since that takes long: a server that only
 * serves what was built ahead of time asks for none of it.
 */
export interface Pipeline {
  /** @throws CompressorError `config-invalid` for a query that browserslist does not understand */
  targets(): BuildTargets;
  /** See `pipelineFingerprint`. Throws what `targets` does. */
  fingerprint(): string;
}

/** Makes a pipeline of what finds out its targets, and its fingerprint from them. What was found once is kept. */
export function createPipeline(
  findTargets: () => BuildTargets,
  fingerprintOf: (targets: BuildTargets) => string,
): Pipeline {
  let found: BuildTargets | undefined;
  let fingerprint: string | undefined;
  const targets = () => {
    found ??= findTargets();
    return found;
  };
  return {
    targets,
    fingerprint() {
      fingerprint ??= fingerprintOf(targets());
      return fingerprint;
    },
  };
}
