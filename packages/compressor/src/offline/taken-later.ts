import type { ExploreTemplate, IsTaken } from './exploration.ts';
import type { OfflineContext } from './offline-context.ts';

/** A template with a context to explore it with. */
export interface Run {
  readonly template: string;
  readonly context: OfflineContext;
}

/**
 * Whether a real rendering comes to the blocks that a run reached, for a run that was not made because what it finds was known.
 * It is made when somebody asks, which is rare.
 *
 * @returns asks for a block by its position among those reached
 */
export function takenLater(
  { template, context }: Run,
  explore: ExploreTemplate,
): (position: number) => Promise<boolean> {
  let explored: Promise<readonly IsTaken[]> | undefined;
  const find = async () => {
    const taken: IsTaken[] = [];
    await explore(template, context, {
      declared() {},
      failed() {},
      undecided() {},
      uses() {},
      reached: ({ isTaken }) => taken.push(isTaken),
    });
    return taken;
  };
  return async (position) => {
    explored ??= find();
    const isTaken = (await explored)[position];
    if (isTaken === undefined)
      throw new Error(`Exploring ${template} again reached fewer blocks than before.`);
    return isTaken();
  };
}
