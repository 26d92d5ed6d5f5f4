import type { Input } from './inputs.ts';

/** A tool that builds the inputs, started and warm or not. */
export interface PackageBuilder {
  readonly name: string;
  /** Builds an input from its files, which are read anew, to one text, which is written nowhere. */
  build(input: Input): Promise<string>;
  close(): Promise<void>;
}

/** Starts each of them; the compressor comes first. */
export const contenders = {
  compressor: async () => (await import('./compressor.ts')).startCompressor(),
  esbuild: async () => (await import('./esbuild.ts')).startEsbuild(),
  vite: async () => (await import('./vite.ts')).startVite(),
};

export type ContenderName = keyof typeof contenders;

/** Whether a text names a contender. */
export function isContender(name: string): name is ContenderName {
  return name in contenders;
}
