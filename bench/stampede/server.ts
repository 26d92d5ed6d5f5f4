// A cold server in a process of its own: it listens, and knows nothing of the site's pages.
import { createServer } from 'node:http';
import { type ArtifactEvent, createCompressor } from '@widgy/compressor';
import { nodeCompressor } from '@widgy/compressor/node';
import { configure } from './config.ts';

const [folder = '', output = ''] = process.argv.slice(2);
const counts = { builds: 0, compiles: 0 };
const config = configure(folder, output, () => {
  counts.compiles += 1;
});
const keys = new Set<string>();
const onArtifact = ({ key }: ArtifactEvent) => {
  keys.add(key);
  counts.builds = keys.size;
};
const compressor = await createCompressor({ ...config, hooks: { onArtifact } });
const server = createServer(nodeCompressor(compressor));
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ port: typeof address === 'object' ? address?.port : undefined });
});
process.on('message', () => {
  process.send?.(counts);
});
process.on('disconnect', () => process.exit());
