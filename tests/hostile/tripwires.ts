/** What a hostile hand-in must never reach: a secret in a file and in the grader's environment, and listeners of three kinds. */
import { randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { projectRoot } from '../../autograder/paths.ts';
import type { Places } from './corpus.ts';

export interface Tripwires {
  readonly secret: string;
  readonly places: Places;
  /** What has reached a listener so far. */
  readonly touched: () => readonly string[];
  readonly remove: () => Promise<void>;
}

const ENVIRONMENT_NAME = 'ELBOW_TRIPWIRE';

export async function setTripwires(): Promise<Tripwires> {
  const folder = mkdtempSync(path.join(tmpdir(), 'tripwires-'));
  const secret = randomBytes(16).toString('hex');
  const file = path.join(folder, 'expected-values.txt');
  writeFileSync(file, `TRIPWIRE ${secret}\n`, { mode: 0o644 });
  process.env[ENVIRONMENT_NAME] = secret;

  const touched: string[] = [];
  const onTouch = (what: string) => () => void touched.push(what);
  const socketFile = path.join(folder, 'socket');
  const abstractName = `tripwire-${secret.slice(0, 8)}`;
  const servers = await Promise.all([
    listen(onTouch('TCP'), { port: 0, host: '127.0.0.1' }),
    listen(onTouch('a Unix socket'), { path: socketFile }),
    // Node reaches names in the abstract namespace from 20.4 on.
    listen(onTouch('an abstract socket'), { path: `\0${abstractName}` }),
  ]);
  const datagrams = await bindDatagrams(onTouch('UDP'));

  return {
    secret,
    places: {
      SECRET_FILE: file,
      SECRET_FOLDER: folder,
      TCP_PORT: String((servers[0].address() as { port: number }).port),
      UDP_PORT: String(datagrams.address().port),
      SOCKET_FILE: socketFile,
      SOCKET_NAME: abstractName,
      GRADER_PID: String(process.pid),
      PROJECT: projectRoot,
    },
    touched: () => touched,
    remove: async () => {
      delete process.env[ENVIRONMENT_NAME];
      for (const server of servers) server.close();
      datagrams.close();
      await Promise.all([...servers.map((server) => once(server, 'close')), once(datagrams, 'close')]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function listen(onTouch: () => void, where: { port: number; host: string } | { path: string }): Promise<Server> {
  const server = createServer((socket) => {
    onTouch();
    socket.destroy();
  });
  server.listen(where);
  await once(server, 'listening');
  return server;
}

async function bindDatagrams(onTouch: () => void): Promise<Socket> {
  const socket = createSocket('udp4', onTouch);
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return socket;
}
