import type { FastifyInstance } from 'fastify';
import { mediaResponse } from '../media/index.ts';
import { MEDIA_URL } from './open-widgy.ts';
import type { Widgy } from './widgy.ts';

/** Serves what was uploaded. */
export function serveMedia(app: FastifyInstance, { media }: Widgy): void {
  app.get(`${MEDIA_URL}*`, { config: { access: 'public' } }, async (request, reply) => {
    const [path = ''] = request.url.slice(MEDIA_URL.length).split('?', 1);
    const { status, headers, body } = await mediaResponse(media, path, {
      headers: request.headers,
      isHead: request.method === 'HEAD',
    });
    return reply.code(status).headers(headers).send(body);
  });
}
