import { buildSite } from './app.ts';

const { PORT = '3000', HOST, LOG_LEVEL = 'warn' } = process.env;

const app = await buildSite({ logger: { level: LOG_LEVEL } });

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    app.close().then(
      () => process.exit(0),
      (error: unknown) => {
        app.log.error(error);
        process.exit(1);
      },
    );
  });
}

await app.listen({ port: Number(PORT), host: HOST ?? 'localhost' });
process.stdout.write(`Larter & Bly is open at http://${HOST ?? 'localhost'}:${PORT}\n`);
