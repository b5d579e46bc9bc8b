/** What a canary tries from inside the box with Node's own means, without the belt; runs there as a text. */

/** Results by attempt: what was got, or the error's code. */
export interface InsideReport {
  readonly read: Readonly<Record<string, string>>;
  readonly write: Readonly<Record<string, string>>;
  readonly run: Readonly<Record<string, string>>;
  readonly call: Readonly<Record<string, string>>;
  readonly signal: Readonly<Record<string, string>>;
  readonly become: Readonly<Record<string, string>>;
  readonly environment: readonly string[];
  readonly user: number;
}

/** QUESTIONS stands for an object with `secrets` (paths) and `grader` (a process number). */
export const INSIDE_PROBE = `
const questions = QUESTIONS;
const attempt = (what) => { try { const got = what(); return got === undefined ? 'done' : String(got).slice(0, 60); } catch (error) { return error.code ?? error.name; } };
const each = (names, what) => Object.fromEntries(names.map((name) => [name, attempt(() => what(name))]));
const entries = (folder) => { try { return fs.readdirSync(folder, { withFileTypes: true }); } catch { return []; } };
const folders = (folder) => [folder, ...entries(folder).filter((entry) => entry.isDirectory()).flatMap((entry) => folders((folder === '/' ? '' : folder) + '/' + entry.name))];
const { spawnSync, execFileSync } = require('child_process');
const calling = (name, options) => new Promise((done) => require('net').connect(options).on('connect', function () { this.destroy(); done([name, 'connected']); }).on('error', (error) => done([name, error.code])));
const sending = new Promise((done) => { const socket = require('dgram').createSocket('udp4').on('error', (error) => done(['UDP', error.code])); socket.send('x', 9, '127.0.0.1', (error) => { socket.close(); done(['UDP', error ? error.code : 'sent']); }); });
const asking = new Promise((done) => require('dns').lookup('example.org', (error) => done(['DNS', error ? error.code : 'found'])));
Promise.all([calling('TCP', { port: 9, host: '127.0.0.1' }), calling('a local socket', { path: '/run/x' }), calling('an abstract socket', { path: '\\0x' }), sending, asking]).then((calls) => {
  say({
    read: each(questions.secrets, (file) => fs.statSync(file).isDirectory() ? fs.readdirSync(file).length + ' entries' : fs.readFileSync(file).length + ' bytes'),
    write: each(folders('/'), (folder) => fs.writeFileSync(folder + '/x', 'x')),
    run: { program: attempt(() => { const { error } = spawnSync('/program', ['-v']); if (error) throw error; }), shell: attempt(() => execFileSync('/bin/sh', ['-c', 'true'])) },
    call: Object.fromEntries(calls),
    signal: each([String(questions.grader), '-1'], (pid) => process.kill(Number(pid), 0)),
    become: { user: attempt(() => process.setuid(0)), groups: attempt(() => process.setgroups([0])), priority: attempt(() => require('os').setPriority(-20)) },
    environment: Object.keys(process.env),
    user: process.getuid(),
  });
});
`;
