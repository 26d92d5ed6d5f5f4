import { startSite } from './site.ts';
const site = await startSite('offline');
console.log('started', site.url);
const rows = await site.widgy.documents.database.kysely.selectFrom('pages').select(['path','document']).execute();
console.log(rows.length);
const { compressor, site: s } = site.widgy;
console.log(await compressor.weigh('css', [s.styles[0]!]), s.styles[0]);
for (const t of ['widgy/documents/check-script']) console.log(await compressor.render(t, {}, { nonce: 'abc' }));
await site[Symbol.asyncDispose]();
