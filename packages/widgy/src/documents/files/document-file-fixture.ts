import fc from 'fast-check';
import { randomTree } from '../../tree/random-fixture.ts';
import { hashTree } from '../../tree/tree.ts';
import type { DocumentFile, FiledCommit } from './document-file.ts';

const text = fc.constantFrom('', 'ann', "b'; drop table commits; --", '\u{1f600} e\u0301\u2028');
const time = fc.constantFrom(0, 999, 1000, 1001, 2_000_000_000_000);

const moment = fc.record({
  isWithdrawal: fc.boolean(),
  author: fc.option(text),
  message: text,
  publishAt: fc.option(time),
  approval: fc.option(fc.record({ by: text, at: time })),
  at: time,
});

/** A random document of a few commits with random trees. */
export const randomDocumentFile: fc.Arbitrary<DocumentFile> = fc
  .record({
    document: fc.constantFrom('a', 'B-2_c'),
    owner: fc.option(
      fc.record({ type: fc.constant('page'), id: fc.constant('1'), field: fc.constant('body') }),
    ),
    createdAt: time,
    draft: randomTree(),
    steps: fc.array(fc.tuple(randomTree(), moment), { maxLength: 5 }),
  })
  .map(({ draft, steps, ...rest }) => {
    const trees = new Map([[hashTree(draft), draft]]);
    const commits: FiledCommit[] = [];
    for (const [tree, { isWithdrawal, ...about }] of steps) {
      const before = commits.at(-1);
      // A withdrawal has the tree of the commit before, which is none.
      const taken = isWithdrawal && before !== undefined && !before.isWithdrawal ? before : undefined;
      const hash = taken?.hash ?? hashTree(tree);
      if (taken === undefined) trees.set(hash, tree);
      commits.push({
        ...about,
        ...{ number: commits.length + 1, parent: before?.number ?? null, hash },
        isWithdrawal: taken !== undefined,
      });
    }
    return { ...rest, draft: hashTree(draft), commits, trees };
  });
