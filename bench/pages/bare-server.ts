// Answers with what the pages of a file are, from memory: how much can be asked and answered here at all.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const [file = ''] = process.argv.slice(2);
const pages = new Map<string, unknown>(Object.entries(JSON.parse(readFileSync(file, 'utf8'))));

createServer((request, response) => {
  const page = pages.get(request.url ?? '');
  if (typeof page !== 'string') return response.writeHead(404).end();
  return response
    .writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'content-length': Buffer.byteLength(page),
    })
    .end(page);
}).listen(Number(process.env.PORT), '127.0.0.1');
