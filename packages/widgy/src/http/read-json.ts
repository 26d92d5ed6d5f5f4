import type { FastifyInstance } from 'fastify';

/**
 * Lets a scope read bodies of JSON, and no others. Keys that reach an object's prototype in careless code are refused, and so is text
 * that is not UTF-8: replaced by question marks, it would be kept as what nobody wrote.
 */
export function readJson(scope: FastifyInstance, bodyLimit: number): void {
  const parse = scope.getDefaultJsonParser('error', 'error');
  scope.addContentTypeParser('application/json', { parseAs: 'buffer', bodyLimit }, (request, body, done) => {
    const text = typeof body === 'string' ? body : decode(body);
    if (text === undefined) done(new NotUtf8());
    else parse(request, text, done);
  });
}

function decode(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // What throws is not UTF-8: that is the answer.
    return undefined;
  }
}

class NotUtf8 extends Error {
  readonly statusCode = 400;

  constructor() {
    super('The body is not UTF-8.');
  }
}
