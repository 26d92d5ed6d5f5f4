import { setTimeout as sleep } from 'node:timers/promises';
import { contentHash, withHash } from '../../packages/compressor/src/hash.ts';
import { type Publishable, publish } from '../../packages/compressor/src/releases/publish.ts';
import { releaseOf } from '../../packages/compressor/src/releases/releases-fixture.ts';
import { memoryStorage } from '../../packages/compressor/src/storage/memory.ts';
import type { Storage } from '../../packages/compressor/src/storage/storage.ts';
import type { Benchmark } from '../benchmark.ts';

const LATENCY = 20;
const CONCURRENCY = 16;
const MOST_RATIO = 3;

/** What publishing takes to a storage that answers each request after 20 ms, to the time that the writes alone need. */
export const publishing: Benchmark = async (thoroughness) => {
  const count = thoroughness === 'full' ? 2_000 : 200;
  const plain = await measure(artifacts(count, []));
  const encoded = await measure(artifacts(count, ['.br', '.zst', '.gz']));
  const ratio = plain.milliseconds / plain.ideal;
  const row = (what: string, { writes, ideal, milliseconds, again }: Measured) => [
    what,
    String(writes),
    `${Math.round(ideal)} ms`,
    `${Math.round(milliseconds)} ms`,
    `${(milliseconds / ideal).toFixed(2)}×`,
    `${Math.round(again)} ms`,
  ];
  return {
    tables: [
      {
        title: `Publishing ${count} artifacts, ${CONCURRENCY} requests at once, ${LATENCY} ms each`,
        head: ['', 'writes', 'ideal', 'measured', 'ratio', 'published again'],
        rows: [row('plain', plain), row('with three encodings', encoded)],
      },
    ],
    goals: [
      {
        what: 'publishing, to the ideal that latency allows',
        wanted: `at most ${MOST_RATIO}×`,
        measured: `${ratio.toFixed(2)}×`,
        isMet: ratio <= MOST_RATIO,
      },
    ],
    notes: ['The ideal is the number of writes, divided by the requests at once, times the latency.'],
    data: { plain, encoded },
  };
};

interface Measured {
  readonly writes: number;
  readonly ideal: number;
  readonly milliseconds: number;
  /** Publishing the same once more. */
  readonly again: number;
}

async function measure(files: readonly Publishable[]): Promise<Measured> {
  let writes = 0;
  const storage = slow(() => {
    writes += 1;
  });
  const release = releaseOf('bench', files);
  const options = { storage, concurrency: CONCURRENCY, isThorough: false };
  const time = async () => {
    const started = performance.now();
    await publish(release, options);
    return performance.now() - started;
  };
  const milliseconds = await time();
  const ideal = (writes / CONCURRENCY) * LATENCY;
  return { writes, ideal, milliseconds, again: await time() };
}

/** A storage in memory that takes its time: for each request, and for each thousand names of a list as buckets do. */
function slow(onWrite: () => void): Storage {
  const inner = memoryStorage(1e9);
  return {
    async read(name) {
      await sleep(LATENCY);
      return inner.read(name);
    },
    async open(name) {
      await sleep(LATENCY);
      return inner.open(name);
    },
    async stat(name) {
      await sleep(LATENCY);
      return inner.stat(name);
    },
    async write(name, content, modified) {
      onWrite();
      await sleep(LATENCY);
      return inner.write(name, content, modified);
    },
    async touch(name) {
      await sleep(LATENCY);
      await inner.touch(name);
    },
    async remove(name) {
      await sleep(LATENCY);
      await inner.remove(name);
    },
    async *list(prefix) {
      let index = 0;
      for await (const file of inner.list(prefix)) {
        if (index++ % 1_000 === 0) await sleep(LATENCY);
        yield file;
      }
    },
  };
}

function artifacts(count: number, suffixes: readonly string[]): Publishable[] {
  return Array.from({ length: count }, (_, index) => {
    const content = Buffer.from(`/* artifact ${index} */`.padEnd(2_000, '.'));
    const name = withHash('site.css', contentHash(content));
    return {
      name,
      size: content.length,
      load: async () => content,
      siblings: async (sizeOf) =>
        suffixes
          .filter((suffix) => sizeOf(name + suffix) === undefined)
          .map((suffix) => ({ name: name + suffix, bytes: content.subarray(0, 500) })),
    };
  });
}
