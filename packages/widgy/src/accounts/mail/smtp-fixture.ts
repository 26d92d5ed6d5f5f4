import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { after } from 'node:test';

/** A mail as a server got it. */
export interface GotMail {
  /** The commands, without what greets. */
  readonly commands: readonly string[];
  readonly lines: readonly string[];
}

/** Starts a mail server that takes every mail, or refuses every recipient; it ends with the test. */
export async function smtpServer({
  isRefusing = false,
} = {}): Promise<{ readonly url: string; readonly got: GotMail[] }> {
  const got: GotMail[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    void serve(socket, got, isRefusing);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { url: `smtp://127.0.0.1:${port}`, got };
}

async function serve(socket: Socket, got: GotMail[], isRefusing: boolean): Promise<void> {
  const answer = (text: string) => socket.write(`${text}\r\n`);
  let commands: string[] = [];
  let lines: string[] | undefined;
  answer('220 test');
  for await (const line of createInterface({ input: socket })) {
    if (lines !== undefined) {
      if (line !== '.') {
        lines.push(line);
        continue;
      }
      got.push({ commands, lines });
      commands = [];
      lines = undefined;
      answer('250 kept');
    } else if (/^(EHLO|HELO)/.test(line)) {
      answer('250 test');
    } else if (line === 'QUIT') {
      socket.end('221 bye\r\n');
    } else {
      commands.push(line);
      if (line === 'DATA') lines = [];
      if (line === 'DATA') answer('354 go on');
      else answer(isRefusing && line.startsWith('RCPT') ? '550 no such mailbox' : '250 yes');
    }
  }
}
