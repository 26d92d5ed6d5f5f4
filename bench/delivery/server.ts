// A server in a process of its own that serves what was compressed, in one of several ways.
import { createCompressor, resolveConfig, silentLogger } from '@widgy/compressor';
import { fastifyCompressor } from '@widgy/compressor/fastify';
import fastify, { type FastifyInstance, type FastifyPluginAsync } from 'fastify';
import { importPeer } from '../peers.ts';

const YEAR = 31_536_000;

/** Ways to serve the folder `public/assets` of a site below `/assets/`. */
const WAYS: Readonly<Record<string, (app: FastifyInstance, folder: string) => Promise<unknown>>> = {
  compressor: async (app, folder) => {
    const config = resolveConfig({ mode: 'offline', logger: silentLogger }, folder);
    await app.register(fastifyCompressor, { compressor: await createCompressor(config) });
  },
  '@fastify/static': async (app, folder) => {
    const plugin = defaultOf(await importPeer('@fastify/static'));
    if (!isPlugin(plugin)) throw new Error('@fastify/static is no plug-in.');
    await app.register(plugin, {
      root: `${folder}/public/assets`,
      prefix: '/assets/',
      preCompressed: true,
      immutable: true,
      maxAge: YEAR * 1000,
    });
  },
};

function defaultOf(module: unknown): unknown {
  return typeof module === 'object' && module !== null && 'default' in module ? module.default : undefined;
}

function isPlugin(value: unknown): value is FastifyPluginAsync<Record<string, unknown>> {
  return typeof value === 'function';
}

const [way = '', folder = ''] = process.argv.slice(2);
const app = fastify();
await WAYS[way]?.(app, folder);
const url = await app.listen({ port: 0, host: '127.0.0.1' });
process.send?.({ url });
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ cpu: user + system });
});
process.on('disconnect', () => process.exit());
