import assert from 'node:assert/strict';
import type { KillableSite } from './killable-site.ts';
import { randomFrom } from './random.ts';
import { CHANGES, sendsChange } from './witness.ts';
import {
  addAt,
  chooseAt,
  decideAt,
  decideInList,
  loadAgain,
  pressAt,
  type Typed,
  turn,
  type Worker,
  widgetsOf,
  writeAt,
} from './worker.ts';

/** So many widgets are enough to be seen at once, and too few to work with. */
const MOST = 16;
const FEWEST = 6;

/** How likely it is that somebody has no network in a round. */
const CUT = 0.35;

const DIRECTIONS = ['Up', 'Down', 'Left', 'Right'] as const;
const ADDED = ['heading', 'button', 'text'] as const;

/** At which moment a server is killed: when a change has just left the browser, or when it is done and its answer is about to come. */
export type KillMoment = 'request' | 'answer';

/** A text that somebody typed. */
export interface TypedText {
  readonly by: Worker;
  /** The widget. */
  readonly key: string;
  readonly text: string;
  readonly became: Typed;
}

/** Two people who work on one page as chance has it. */
export interface RandomWork {
  /** What they did, for a message. */
  readonly story: readonly string[];
  readonly typed: readonly TypedText[];
  /** How many conflicts somebody has decided. */
  readonly decisions: (by: Worker) => number;
  /** Cuts and restores the network of each, kills the server if told so, and lets both do some acts at the same time. */
  readonly round: (acts: number, kill: KillMoment | undefined) => Promise<void>;
  /** Gives back the network and the server, and waits until both have sent all. */
  readonly finish: () => Promise<void>;
}

type Act = (worker: Worker, key: string) => Promise<unknown>;

/** Lets two people work. All that they choose comes from a seed and from what is on their screens. */
export function randomWork(
  server: KillableSite,
  people: readonly [Worker, Worker],
  seed: number,
): RandomWork {
  const story: string[] = [];
  const typed: TypedText[] = [];
  const decided: Worker[] = [];
  const cut = new Set<Worker>();
  const chance = randomFrom(seed);
  // They work at the same time: whoever is quicker does not change what chance gives to the other.
  const chances = new Map(people.map((person, at) => [person, randomFrom(seed + 1 + at)]));
  const randomOf = (by: Worker) => chances.get(by) ?? chance;

  const write: Act = async (by, key) => {
    const count = typed.filter((each) => each.by === by).length;
    const text = String((people.indexOf(by) + 1) * 1000 + count);
    const at = typed.push({ by, key, text, became: 'gone' }) - 1;
    const became = await writeAt(by, key, text);
    typed[at] = { by, key, text, became };
    story.push(`  ${text}: ${became}`);
  };
  const decide: Act = async (by, key) => {
    if (await decideAt(by, key)) decided.push(by);
  };
  const decideOther: Act = async (by) => {
    if (await decideInList(by, Math.floor(randomOf(by)() * 10))) decided.push(by);
  };
  const acts: readonly [string, number, Act][] = [
    ['write', 6, write],
    ['choose', 2, chooseAt],
    ['duplicate', 2, (by, key) => pressAt(by, key, 'Control+d')],
    ['delete', 2, (by, key) => pressAt(by, key, 'Delete')],
    ['move', 4, (by, key) => pressAt(by, key, `Alt+Arrow${oneOf(randomOf(by), DIRECTIONS)}`)],
    ['add', 2, (by, key) => addAt(by, key, oneOf(randomOf(by), ADDED))],
    ['undo', 3, (by) => turn(by, 'undo')],
    ['redo', 1, (by) => turn(by, 'redo')],
    ['decide', 2, decide],
    ['decide in the list', 2, decideOther],
    ['load again', 1, loadAgain],
  ];

  const act = async (by: Worker): Promise<void> => {
    const widgets = await widgetsOf(by);
    const random = randomOf(by);
    const fitting = (name: string) => {
      if (name === 'decide') return widgets.filter((row) => row.name.includes('Conflict'));
      return name === 'write' || name === 'choose' ? widgets.filter(hasText) : widgets;
    };
    const possible = acts.filter(([name]) => {
      if (name === 'load again') return server.isUp() && !cut.has(by);
      if (name === 'duplicate' || name === 'add') return widgets.length < MOST;
      return name === 'delete' ? widgets.length > FEWEST : fitting(name).length > 0;
    });
    const [name, , doIt] = oneOf(random, spread(possible));
    const row = pick(random, fitting(name));
    if (row === undefined) return;
    story.push(`${by.name}: ${name} ${row.key} (${row.name})`);
    await doIt(by, row.key);
  };

  /** Both do something to the same widget, of which one cannot know of the other. */
  const collide = async (): Promise<void> => {
    const [one, other] = chance() < 0.5 ? people : ([people[1], people[0]] as const);
    const [mine, theirs] = [await widgetsOf(one), await widgetsOf(other)];
    const both = mine.filter((row) => hasText(row) && theirs.some(({ key }) => key === row.key));
    const row = pick(chance, both);
    if (row === undefined) return;
    const isDeleting = chance() < 0.3 && theirs.length > FEWEST;
    story.push(`${one.name} and ${other.name}: ${row.key}${isDeleting ? ', which one deletes' : ''}`);
    await write(one, row.key);
    if (isDeleting) await pressAt(other, row.key, 'Delete');
    else await write(other, row.key);
  };

  const setNetwork = async (person: Worker, isCut: boolean): Promise<void> => {
    if (cut.has(person) === isCut) return;
    story.push(`${person.name} ${isCut ? 'has no network' : 'has a network again'}`);
    await person.context.setOffline(isCut);
    if (isCut) cut.add(person);
    else cut.delete(person);
  };

  /** Kills the server while a change is under way. */
  const kill = async (moment: KillMoment): Promise<void> => {
    for (const person of people) await setNetwork(person, false);
    for (const { tab } of people) await tab.saved();
    const person = oneOf(chance, people);
    const { page } = person.tab;
    const row = pick(chance, await widgetsOf(person)) ?? assert.fail('there is no widget');
    story.push(`${person.name}: duplicate ${row.key}, and the server is killed at the ${moment}`);
    if (moment === 'request') {
      const leaves = sendsChange(page);
      await pressAt(person, row.key, 'Control+d');
      await leaves;
      return await server.kill();
    }
    const lost = Promise.withResolvers<number>();
    await page.route(
      CHANGES,
      async (route) => {
        const response = await route.fetch();
        await server.kill();
        await route.abort();
        lost.resolve(response.status());
      },
      { times: 1 },
    );
    await pressAt(person, row.key, 'Control+d');
    assert.equal(await lost.promise, 200, 'the change was done, and its answer got lost');
  };

  const restore = async (): Promise<void> => {
    if (server.isUp()) return;
    story.push('the server is started');
    await server.start();
  };

  return {
    ...{ story, typed },
    decisions: (by) => decided.filter((each) => each === by).length,
    async round(count, moment) {
      await restore();
      for (const person of people) await setNetwork(person, chance() < CUT);
      if (moment !== undefined) await kill(moment);
      await Promise.all(
        people.map(async (person) => {
          for (let done = 0; done < count; done += 1) await act(person);
        }),
      );
      if (cut.size > 0 || !server.isUp()) await collide();
    },
    async finish() {
      await restore();
      for (const person of people) await setNetwork(person, false);
      for (const { tab } of people) await tab.saved();
    },
  };
}

function pick<Value>(random: () => number, list: readonly Value[]): Value | undefined {
  return list[Math.floor(random() * list.length)];
}

function oneOf<Value>(random: () => number, list: readonly [Value, ...Value[]]): Value {
  return pick(random, list) ?? list[0];
}

/** Whether a widget has a text that can be written. */
function hasText({ name }: { readonly name: string }): boolean {
  return /^(?:Heading|Button|Text)\b/.test(name);
}

/** Each act as often as it is likely. There is always one that can be done. */
function spread(
  acts: readonly [string, number, Act][],
): readonly [[string, number, Act], ...[string, number, Act][]] {
  const [first, ...rest] = acts.flatMap((act) => Array.from({ length: act[1] }, () => act));
  assert.ok(first !== undefined);
  return [first, ...rest];
}
