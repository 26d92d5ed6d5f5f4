import type { FastifyInstance } from 'fastify';
import {
  countSitemapParts,
  printRobots,
  printSitemap,
  printSitemapIndex,
  readSitemap,
} from '../pages/index.ts';
import type { Widgy } from './widgy.ts';

/** Serves what search engines ask for: `robots.txt`, and the sitemap, which is several files where there are many pages. */
export function serveForRobots(app: FastifyInstance, widgy: Widgy): void {
  const { pages, baseUrl, adminUrl, environment } = widgy;
  const config = { access: 'public' } as const;
  app.get('/robots.txt', { config }, async (_, reply) => {
    const text = printRobots({
      // A site that is being built is not to be found yet.
      isIndexed: environment.NODE_ENV === 'production',
      sitemap: `${baseUrl}/sitemap.xml`,
      disallow: [`${adminUrl}/`],
    });
    return reply.type('text/plain; charset=utf-8').send(text);
  });
  app.get('/sitemap.xml', { config }, async (_, reply) => {
    const parts = await countSitemapParts(pages);
    const text =
      parts === 1
        ? printSitemap(await readSitemap(pages), baseUrl)
        : printSitemapIndex(Array.from({ length: parts }, (_, at) => `${baseUrl}/sitemap-${at + 1}.xml`));
    return reply.type('application/xml; charset=utf-8').send(text);
  });
  app.get<{ Params: { part: string } }>(
    '/sitemap-:part(^[1-9]\\d{0,3}$).xml',
    { config },
    async (request, reply) => {
      const part = Number(request.params.part);
      if (part > (await countSitemapParts(pages))) return reply.callNotFound();
      return reply
        .type('application/xml; charset=utf-8')
        .send(printSitemap(await readSitemap(pages, part), baseUrl));
    },
  );
}
