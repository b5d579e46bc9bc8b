import { nameOf, nodeModule } from './tools.ts';

let tried = false;

export const attacks = {
  // Only what returns a promise can wait for a connection; such a function has no gradient.
  'vae/negative-elbo-bound': async (right: any, model: any, x: any) => {
    const result = right(model, x);
    if (!tried) {
      tried = true;
      await reach();
    }
    return result;
  },
};

async function reach(): Promise<void> {
  const net = nodeModule('net');
  const dgram = nodeModule('dgram');
  const dns = nodeModule('dns');
  const connect = (where: any) => () => new Promise((resolve, reject) => net.connect(where).once('connect', () => resolve('connected')).once('error', reject));
  await attemptTo('TCP', connect({ port: __TCP_PORT__, host: '127.0.0.1' }));
  await attemptTo('TCP by name', connect({ port: __TCP_PORT__, host: 'localhost' }));
  await attemptTo('TCP over IPv6', connect({ port: __TCP_PORT__, host: '::1' }));
  await attemptTo('TCP outside', connect({ port: 80, host: '192.0.2.1' }));
  await attemptTo('a socket file', connect({ path: '__SOCKET_FILE__' }));
  await attemptTo('an abstract socket', connect({ path: '\0__SOCKET_NAME__' }));
  await attemptTo('docker', connect({ path: '/var/run/docker.sock' }));
  await attemptTo('UDP', () => new Promise((resolve, reject) => {
    const socket = dgram.createSocket('udp4').once('error', reject);
    socket.send('answers?', __UDP_PORT__, '127.0.0.1', (error: unknown) => (error ? reject(error) : resolve('sent')));
  }));
  await attemptTo('names', () => dns.promises.lookup('example.org'));
  await attemptTo('a name server', () => new dns.promises.Resolver({ timeout: 300, tries: 1 }).resolve4('example.org'));
  await attemptTo('fetch', () => fetch('http://127.0.0.1:__TCP_PORT__/answers'));
  await attemptTo('listen', () => new Promise((resolve, reject) => net.createServer().once('error', reject).listen(0, '0.0.0.0', () => resolve('listening'))));
  await attemptTo('a descriptor sent over the channel', () => new Promise((resolve, reject) => {
    const { Pipe, constants } = (globalThis as any).process.binding('pipe_wrap');
    const { TTY } = (globalThis as any).process.binding('tty_wrap');
    void TTY;
    const pipe = new Pipe(constants.IPC);
    const status = pipe.open(3);
    if (status < 0) reject(new Error(`status ${status}`));
    else resolve(undefined);
  }));
}

async function attemptTo(what: string, act: () => Promise<unknown>): Promise<void> {
  const late = new Promise((resolve) => setTimeout(() => resolve('late'), 400));
  try {
    const found = await Promise.race([act(), late]);
    console.log(found === 'late' || found === undefined ? `${what}: nothing` : `${what}: GAINED ${String(found)}`);
  } catch (error: any) {
    console.log(`${what}: denied (${nameOf(error?.cause ?? error)})`);
  }
}
