/**
 * The test files that take longest, the longest first. Whoever begins with them never waits for one of them at the
 * end, while nothing else is left to do. Only the time of the whole depends on this list: a file that is missing
 * here is run with the others.
 */
const LONGEST: readonly string[] = [
  'e2e/admin-pages.test.ts',
  'e2e/modes.test.ts',
  'packages/create-widgy/test/create.test.ts',
  'e2e/quick-start.test.ts',
  'packages/widgy/test/tutorial.test.ts',
  'e2e/site-pages.test.ts',
  'packages/widgy/test/story/two-servers.test.ts',
  'packages/widgy/test/story/story.test.ts',
  'packages/widgy/src/documents/killed.test.ts',
  'packages/widgy/test/packed.test.ts',
  'packages/compressor/test/packed.test.ts',
  'e2e/library.test.ts',
  'packages/widgy/src/cli/databases.test.ts',
  'packages/widgy/src/pages/databases.test.ts',
  'packages/widgy/src/documents/documents.test.ts',
  'packages/compressor/src/offline-property.test.ts',
  'packages/compressor/src/hostile-requests.test.ts',
  'packages/widgy/src/backup/databases.test.ts',
  'packages/compressor/src/build/determinism.test.ts',
  'packages/compressor/src/build/classic-script.test.ts',
];

/** Puts the files in the order in which they are best begun. */
export function longestFirst(files: readonly string[]): readonly string[] {
  const gone = LONGEST.filter((file) => !files.includes(file));
  if (gone.length > 0)
    throw new Error(`scripts/long-tests.ts names files that are not there: ${gone.join(', ')}`);
  const isLong = (file: string) => LONGEST.includes(file);
  return [...LONGEST, ...files.filter((file) => !isLong(file)).sort()];
}
