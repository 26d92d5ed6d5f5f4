/** A small site with everything a page may load; each version has other bundles. */
export function siteFiles(version: number, config: string): Readonly<Record<string, string>> {
  return {
    'package.json': '{ "type": "module" }',
    'compressor.config.ts': config,
    'server.ts': SERVER,
    'templates/page.liquid': `<!doctype html>
<title>A site</title>
{% compress css file site %}
<link rel="stylesheet" href="{% static 'css/site.css' %}">
<link rel="stylesheet" href="{% static 'css/version.css' %}">
{% endcompress %}
<h1>version ${version}</h1>
{% compress js %}
<script src="{% static 'js/classic.js' %}"></script>
<script type="module" src="{% static 'js/main.js' %}"></script>
{% endcompress %}
`,
    'static/css/site.css': 'body { background: url(../img/dot.svg) }',
    'static/css/version.css': `h1::after { content: "${version}" }`,
    'static/img/dot.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
    'static/js/classic.js': `window.version = ${version};`,
    'static/js/main.js': `import { name } from './name.js'; import('./later.js').then((later) => later.show(name, ${version}));`,
    'static/js/name.js': `export const name = 'version ${version}';`,
    'static/js/later.js': 'export const show = (name, version) => console.log(name, version);',
  };
}

const SERVER = `
import { createServer } from 'node:http';
import { createCompressor, loadConfig } from '@widgy/compressor';
import { nodeCompressor } from '@widgy/compressor/node';

const compressor = await createCompressor(await loadConfig('compressor.config.ts'));
const assets = nodeCompressor(compressor);
const server = createServer((request, response) => {
  if (request.url !== '/') return assets(request, response);
  compressor.render('page.liquid').then(
    (html) => response.writeHead(200, { 'content-type': 'text/html' }).end(html),
    (error) => response.writeHead(500).end(String(error)),
  );
});
server.listen(0, '127.0.0.1', () => console.log('http://127.0.0.1:' + server.address().port));
process.on('SIGTERM', () => server.close(() => compressor.close().then(() => process.exit(0))));
`;
