/**
 * What a student's code sees from inside the box. Each probe is a hand-in, run as one; where it makes
 * sense the same probe runs without the box first, so that a probe that finds nothing is known to work.
 */
import dgram from 'node:dgram';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { typescript } from '../../../autograder/languages/typescript/typescript.ts';
import { projectRoot } from '../../../autograder/paths.ts';
import type { Isolation } from '../../../autograder/sandbox/sandbox.ts';
import type { Backend } from '../../../contract/messages.ts';
import { askStudent, describeIsolated } from '../session/student-session.ts';

/** Beside every probe: Node's own modules, and what an attempt came to. */
const PREAMBLE = `
const builtin = (name) => process.getBuiltinModule(name);
const fs = builtin('fs');
const attempt = (what) => { try { return what(); } catch (error) { return error.code ?? error.name; } };
`;

async function probe<Seen>(body: string, isolation: Isolation, backend: Backend = 'cpu'): Promise<Seen> {
  const source = `${PREAMBLE}export async function run() { const seen = await (async () => { ${body} })(); console.log(JSON.stringify(seen)); }`;
  const { reply, console } = await askStudent(source, { isolation, backend, belt: false });
  if (reply.kind !== 'returned') throw new Error(`the probe failed: ${JSON.stringify(reply)}\n${console}`);
  return JSON.parse(console) as Seen;
}

/** Everything below the root, folders with a slash at their end. */
const TREE = `
const walk = (folder) => attempt(() => fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
  const place = (folder === '/' ? '' : folder) + '/' + entry.name;
  return entry.isDirectory() ? [place + '/', ...walk(place)] : [place];
}));
`;

describeIsolated('bubblewrap')('inside the box there', () => {
  it('is a root of a few files and nothing else', async () => {
    const tree = await probe<string[]>(`${TREE} return walk('/');`, 'bubblewrap');
    const libraries = tree.filter((place) => /^\/(usr\/)?lib(32|64)?\//.test(place));
    expect(tree.filter((place) => !libraries.includes(place) && place !== '/usr/').toSorted()).toEqual([
      '/child/',
      '/child/cpu.blob',
      '/dev/',
      '/dev/urandom',
      '/proc/',
      '/proc/self/',
      '/proc/self/exe',
      '/program',
    ]);
    // Only what Node itself is linked with.
    expect(libraries.filter((place) => !place.endsWith('/')).every((place) => /\/[^/]+\.so(\.\d+)*$/.test(place))).toBe(true);
    expect(libraries.length).toBeLessThan(20);
  });

  const others = (['wasm', 'native'] as const).filter((backend) => typescript.launch(backend) !== null);

  it.each(others)('are only the child’s own files on %s', async (backend) => {
    const tree = await probe<string[]>(`${TREE} return walk('/child');`, 'bubblewrap', backend);
    expect(tree.every((place) => /^\/child\/(wasm\.cjs|native\.cjs|tfjs-backend-wasm(-simd)?\.wasm|tfjs_binding\.node|libtensorflow\S*)$/.test(place))).toBe(true);
  });

  it('is no environment but the folder it stands in', async () => {
    const environment = 'return { ...process.env };';
    expect(await probe(environment, 'bubblewrap')).toEqual({ PWD: '/' });
    expect(await probe(environment, 'none')).toEqual({});
  });

  it('is nothing to read of this machine or this project', async () => {
    const secrets = [
      '/etc/passwd',
      '/etc/hostname',
      os.homedir(),
      projectRoot,
      path.join(projectRoot, 'fixtures/cs236-hw2/vae.json'),
      path.join(projectRoot, 'reference/cs236-hw2/vae.ts'),
      '/proc/1/environ',
      '/proc/1/cmdline',
      '/proc/self/environ',
      '/proc/self/fd/0',
      '/proc/self/maps',
      '/proc/mounts',
      '/sys',
      '/tmp',
      '/dev/shm',
      '/dev/tty',
      '/dev/mem',
    ];
    const read = `return ${JSON.stringify(secrets)}.map((place) => attempt(() => fs.statSync(place).isDirectory() ? fs.readdirSync(place).length + ' entries' : fs.readFileSync(place).length + ' bytes'));`;
    expect(new Set(await probe<string[]>(read, 'bubblewrap'))).toEqual(new Set(['ENOENT']));
    expect(await probe<string[]>(read, 'none')).toContain(`${fs.readFileSync('/etc/passwd').length} bytes`);
  });

  it('is no device', async () => {
    const devices = `${TREE} return walk('/').filter((place) => !place.endsWith('/') && !fs.lstatSync(place).isFile() && !fs.lstatSync(place).isSymbolicLink());`;
    expect(await probe(devices, 'bubblewrap')).toEqual([]);
  });

  it('is nowhere to write', async () => {
    const write = `${TREE}
      const places = ['/', ...walk('/')];
      return places.flatMap((place) => {
        const folder = place.endsWith('/');
        const attempts = folder
          ? { file: () => fs.writeFileSync(place + 'x', 'x'), folder: () => fs.mkdirSync(place + 'x'), link: () => fs.symlinkSync('/program', place + 'x') }
          : { open: () => fs.closeSync(fs.openSync(place, 'r+')), remove: () => fs.unlinkSync(place), rename: () => fs.renameSync(place, place + 'x'), mode: () => fs.chmodSync(place, 0o777) };
        return Object.entries(attempts).map(([name, what]) => [place, name, attempt(() => (what(), 'done'))]);
      }).filter(([, , result]) => result === 'done');
    `;
    expect(await probe(write, 'bubblewrap')).toEqual([]);
  });

  it('is a machine of another name and one process, the first', async () => {
    const seen = await probe(`return { host: builtin('os').hostname(), pid: process.pid, parent: process.ppid, title: process.argv.join(' ') };`, 'bubblewrap');
    expect(seen).toEqual({ host: 'box', pid: 1, parent: 0, title: expect.stringMatching(/^\/program \/?snapshot$/) });
  });

  it('are no processes of this machine to see or to signal', async () => {
    const signal = `return [${process.pid}, ${process.ppid}, -${process.pid}, -1].map((pid) => attempt(() => process.kill(pid, 0)));`;
    expect(await probe(signal, 'bubblewrap')).toEqual(['ESRCH', 'ESRCH', 'ESRCH', 'ESRCH']);
    expect((await probe<unknown[]>(signal, 'none'))[0]).toBe(true);
  });

  it('is nobody to become and nothing to gain', async () => {
    const gain = `return [() => process.chdir('/..') ?? process.cwd(), () => process.setuid(12345), () => process.setgroups([0]), () => builtin('os').setPriority(-20), () => fs.chownSync('/program', 1, 1)].map((what) => attempt(what));`;
    const seen = await probe<unknown[]>(gain, 'bubblewrap');
    expect(seen[0]).toBe('/');
    expect(seen.slice(1).filter((result) => result === undefined || result === null)).toEqual([]);
  });

  it('are only the pipes that were meant', async () => {
    // Node opens pipes and counters of its own, and the box's root where there is no /dev/null; anything
    // else that leads somewhere would be ours.
    const list = `
      const kind = (stat) => (stat.isSocket() ? 'socket' : stat.isFile() ? 'file' : stat.isDirectory() ? 'folder' : 'other');
      const own = fs.statSync('/');
      return Array.from({ length: 1024 }, (_, fd) => attempt(() => { const stat = fs.fstatSync(fd); return stat.dev === own.dev && stat.ino === own.ino ? 'own root' : kind(stat) + ' ' + fd; }))
        .filter((line) => /^(socket|file|folder)/.test(line));
    `;
    expect(await probe(list, 'bubblewrap')).toEqual(['socket 0', 'socket 1', 'socket 2', 'socket 3']);
  });
});

describeIsolated('bubblewrap')('from inside the box', () => {
  const server = net.createServer((socket) => socket.destroy());
  const udp = dgram.createSocket('udp4');
  const socketFile = path.join(os.tmpdir(), `elbow-${process.pid}.sock`);
  const local = net.createServer((socket) => socket.destroy());
  let callers = 0;
  let port = 0;
  let udpPort = 0;

  beforeAll(async () => {
    for (const listener of [server, local]) listener.on('connection', () => (callers += 1));
    udp.on('message', () => (callers += 1));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    await new Promise<void>((done) => local.listen(socketFile, done));
    await new Promise<void>((done) => udp.bind(0, '127.0.0.1', done));
    port = (server.address() as net.AddressInfo).port;
    udpPort = udp.address().port;
  });
  afterAll(() => {
    server.close();
    local.close();
    udp.close();
  });

  const call = (): string => `
    const tcp = (options) => new Promise((done) => builtin('net').connect(options).on('connect', () => done('connected')).on('error', (error) => done(error.code)));
    const udp = () => new Promise((done) => { const s = builtin('dgram').createSocket('udp4'); s.on('error', (e) => done(e.code)); s.send('x', ${udpPort}, '127.0.0.1', (error) => { s.close(); done(error?.code ?? 'sent'); }); });
    const name = () => builtin('dns').promises.lookup('localhost').then(() => 'found', (error) => error.code);
    return [await tcp({ port: ${port}, host: '127.0.0.1' }), await tcp({ path: ${JSON.stringify(socketFile)} }), await udp(), await name()];
  `;

  it('nobody on this machine can be called', async () => {
    const [tcp, file, datagram, name] = await probe<string[]>(call(), 'bubblewrap');
    expect([tcp, file, datagram]).toEqual(['EAFNOSUPPORT', 'EAFNOSUPPORT', 'EAFNOSUPPORT']);
    expect(name).not.toBe('found');
    expect(callers).toBe(0);
  });

  it('(while without it, everybody can)', async () => {
    const [tcp, file, datagram] = await probe<string[]>(call(), 'none');
    expect([tcp, file, datagram]).toEqual(['connected', 'connected', 'sent']);
    expect(callers).toBeGreaterThan(0);
  });
});
