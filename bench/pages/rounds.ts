import { quantile } from '../measure.ts';
import { CONNECTIONS } from '../server-load.ts';
import { type Contender, EDITED, type Editor } from './contender.ts';
import { checkPage, pagePaths, words } from './content.ts';
import { type Answered, askInTurn } from './load.ts';

/** How long each round takes. */
export interface RoundEffort {
  /** Milliseconds that do not count. */
  readonly warmUp: number;
  /** Milliseconds that do. */
  readonly measured: number;
  /** Edits, each with its publishing and the first page afterwards. */
  readonly edits: number;
}

/** How a server did in one round. */
export interface Round extends Answered {
  /** Milliseconds from the start of its process to the end of the first page. */
  readonly start: number;
  /** Microseconds of its processor for each request under load. */
  readonly processor: number;
  /** Most memory from its start to the end of the load, in MB. */
  readonly megabytes: number;
  /** Milliseconds, one of each for each edit; none where nothing is edited. */
  readonly edits: readonly Edit[];
}

/** What one edit took, in milliseconds. */
export interface Edit {
  readonly edit: number;
  readonly publish: number;
  /** The first page that shows it. */
  readonly show: number;
}

/** Starts a server, puts it under load, and edits what it shows. That all its pages are right is seen before and after the load. */
export async function runRound(contender: Contender, round: number, effort: RoundEffort): Promise<Round> {
  await using server = await contender.start();
  const { origin, startedIn } = server;
  const { warmUp, measured } = effort;
  await checkPages(contender, origin);
  await askInTurn(origin, pagePaths, { connections: CONNECTIONS, milliseconds: warmUp });
  const before = server.processor();
  const started = performance.now();
  const answered = await askInTurn(origin, pagePaths, { connections: CONNECTIONS, milliseconds: measured });
  const requests = (answered.requestsPerSecond * (performance.now() - started)) / 1000;
  const processor = ((server.processor() - before) * 1000) / requests;
  const megabytes = server.megabytes();
  await checkPages(contender, origin);
  const editor = effort.edits > 0 ? await contender.signIn?.(origin) : undefined;
  const text = (index: number) => `Edit ${index + 1} of round ${round + 1} of ${contender.name}.`;
  const edits = editor === undefined ? [] : await editAll(editor, origin, effort.edits, text);
  return { ...answered, start: startedIn, processor, megabytes, edits };
}

async function checkPages({ name }: Contender, origin: URL): Promise<void> {
  for (const path of pagePaths) {
    const wrong = checkPage(await read(new URL(path, origin)));
    if (wrong !== undefined) throw new Error(`${name} shows ${path} with ${wrong}.`);
  }
}

/**
 * Edits a text again and again. What was published must be seen at once: what is kept may not be stale.
 *
 * @param textOf an edit, which none before had
 */
async function editAll(
  editor: Editor,
  origin: URL,
  count: number,
  textOf: (index: number) => string,
): Promise<readonly Edit[]> {
  const page = new URL(`/${EDITED}`, origin);
  const edits: Edit[] = [];
  for (let index = 0; index < count; index += 1) {
    const said = textOf(index);
    const edit = await timed(() => editor.edit([`${said} ${words(90)}`, words(70)]));
    const publish = await timed(() => editor.publish());
    let html = '';
    const show = await timed(async () => {
      html = await read(page);
    });
    if (!html.includes(said)) throw new Error(`The page at ${page} does not show "${said}".`);
    edits.push({ edit, publish, show });
  }
  return edits;
}

async function timed(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

async function read(url: URL): Promise<string> {
  const answer = await fetch(url);
  const text = await answer.text();
  if (answer.status !== 200) throw new Error(`${url} answers ${answer.status}: ${text.slice(0, 500)}`);
  return text;
}

/** The median of times, and what nine in ten do not exceed. */
export function medianAndMost(times: readonly number[]): { readonly median: number; readonly p90: number } {
  const sorted = times.toSorted((a, b) => a - b);
  return { median: quantile(sorted, 0.5), p90: quantile(sorted, 0.9) };
}
