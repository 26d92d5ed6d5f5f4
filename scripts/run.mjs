// Runs a command of the workspace with the pinned Node. This file alone must run on any Node from 18 on, because it is what
// `npm start` and `npm test` reach first on a machine where nothing is installed yet.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, 'node_modules');
const stamp = join(modules, '.installed');
const wanted = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).devDependencies.node;

/** Installs what the lockfile says, unless that is what is there. */
function install() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  // Not `npm ci`: it refuses a lockfile that names binaries of other platforms which the registry does not have.
  process.stderr.write('Installing what package-lock.json says: npm install --no-save\n');
  const npm = spawnSync('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (npm.status !== 0) fail('npm install did not succeed; what it said stands above.');
  writeFileSync(stamp, lock);
}

/** The pinned Node, checked by asking it. */
function pinnedNode() {
  const windows = process.platform === 'win32';
  const node = join(modules, 'node', 'bin', windows ? 'node.exe' : 'node');
  const version = existsSync(node)
    ? spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout?.trim()
    : undefined;
  if (version === `v${wanted}`) return node;
  if (process.version.split('.')[0] === `v${wanted.split('.')[0]}`) return process.execPath;
  return fail(
    `This project needs Node ${wanted}. The npm package "node" that brings it could not be installed here` +
      ` (found ${version ?? 'nothing'} in node_modules, and you run ${process.version}).\n` +
      `Allow its install script and run npm install, or install Node ${wanted.split('.')[0]} yourself.`,
  );
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

const [command = '', ...rest] = process.argv.slice(2);
const script = join(root, 'scripts', `${command}.ts`);
if (!existsSync(script)) fail(`There is no command "${command}".`);
install();
const node = pinnedNode();
const child = spawn(node, ['--conditions=widgy-source', script, ...rest], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH}` },
});
// Ending the launcher ends what it launched. A terminal sends Ctrl+C to both; the launcher waits for the other to end.
process.on('SIGTERM', () => child.kill('SIGTERM'));
process.on('SIGINT', () => {});
child.on('exit', (status, signal) => process.exit(signal ? 1 : (status ?? 1)));
