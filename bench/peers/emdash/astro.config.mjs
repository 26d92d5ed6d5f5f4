import node from '@astrojs/node';
import react from '@astrojs/react';
import { defineConfig, memoryCache } from 'astro/config';
import emdash, { local } from 'emdash/astro';
import { sqlite } from 'emdash/db';

// It is built twice: as a new project is, and with the page cache of Astro.
const hasCache = process.env.BENCH_CACHE === 'pages';

export default defineConfig({
  output: 'server',
  outDir: hasCache ? './dist/cached' : './dist/plain',
  adapter: node({ mode: 'standalone' }),
  ...(hasCache ? { cache: { provider: memoryCache() } } : {}),
  integrations: [
    react(),
    emdash({
      // In the folder that the server is started in.
      database: sqlite({ url: 'file:./data.db' }),
      storage: local({ directory: './uploads', baseUrl: '/_emdash/api/media/file' }),
    }),
  ],
});
