/** Hostile packaging: zips and folders that attack whoever opens them. What each becomes, and what it must not. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { deflateRawSync } from 'node:zlib';
import type { TextFile } from '../../contract/submission.ts';
import { type RawEntry, rawZip } from '../autograder/intake/raw-zip.ts';
import { compose, type Places } from './corpus.ts';
import { writeFiles } from './grade-hostile.ts';

interface Refused {
  readonly refused: RegExp;
}

/** Every task passes but these. */
interface Graded {
  readonly outcomes: Readonly<Record<string, string>>;
  readonly note?: RegExp;
}

export interface Package {
  readonly attacks: readonly number[];
  readonly name: string;
  /** Puts the hand-in into the folder of the batch. */
  readonly make: (batch: string, places: Places) => void;
  readonly expect: Refused | Graded;
}

const right = compose([], []);

const LINK = 0o120777;
const PIPE = 0o010644;
const DEVICE = 0o020666;

/** The right hand-in with some entries of a zip changed, added or left out. */
function zipped(name: string, changes: readonly RawEntry[], without: readonly string[] = [], count?: number): Package['make'] {
  return (batch) => {
    const kept = right.filter((file) => !without.includes(file.path)).map((file): RawEntry => ({ name: file.path, content: file.text }));
    const entries = [...kept, ...changes];
    writeFileSync(path.join(batch, `${name}.zip`), rawZip(entries, count ?? entries.length));
  };
}

function asFolder(name: string, files: readonly TextFile[], more: (folder: string, places: Places) => void = () => undefined): Package['make'] {
  return (batch, places) => {
    const folder = path.join(batch, name);
    writeFiles(folder, files);
    more(folder, places);
  };
}

function replaced(changes: Readonly<Record<string, string | Buffer>>): (name: string) => Package['make'] {
  return (name) =>
    asFolder(name, right.filter((file) => !Object.hasOwn(changes, file.path)), (folder) => {
      for (const [file, content] of Object.entries(changes)) {
        mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
        writeFileSync(path.join(folder, file), content);
      }
    });
}

const textOf = (name: string): string => right.find((file) => file.path === name)?.text ?? '';
const utf16 = (text: string): Buffer => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
const zeros = (bytes: number): Buffer => deflateRawSync(Buffer.alloc(bytes));
const allPass = { outcomes: {} } as const;

const outside = ['../../planted.ts', '..\\..\\planted.ts', '/tmp/planted.ts', 'C:\\planted.ts', 'c:/planted.ts', 'right/../../planted.ts'];
const odd = ['new\nline.ts', 'hw2/C:/more.ts', 'nul.ts', 'COM1.ts', 'aux.js', 'dot./a.ts', 'space /a.ts', 'tab\t.ts', '\u202egnp.ts', 'back\u0008space.ts', `${'x'.repeat(300)}.ts`];

export const packages: readonly Package[] = [
  ...outside.map((name, index): Package => ({ attacks: [97], name: `leads-out-${index}`, make: zipped(`leads-out-${index}`, [{ name, content: 'export {};' }]), expect: { refused: /an absolute path|leads out of the hand-in/ } })),
  { attacks: [97, 103], name: 'nul-in-name', make: zipped('nul-in-name', [{ name: 'vae\0.ts', content: '' }]), expect: { refused: /NUL/ } },
  { attacks: [98], name: 'link-in-zip', make: zipped('link-in-zip', [{ name: 'vae.ts', content: '/etc/passwd', mode: LINK }], ['vae.ts']), expect: { refused: /vae\.ts is a link/ } },
  { attacks: [98], name: 'links-beside', make: zipped('links-beside', [{ name: 'notes.ts', content: '/etc/passwd', mode: LINK }]), expect: { outcomes: {}, note: /Links and special files are not followed: notes\.ts/ } },
  {
    attacks: [6, 98],
    name: 'link-in-folder',
    make: asFolder('link-in-folder', right.filter((file) => file.path !== 'vae.ts'), (folder, places) => symlinkSync(places['SECRET_FILE'] ?? '', path.join(folder, 'vae.ts'))),
    expect: { refused: /vae\.ts is a link/ },
  },
  {
    attacks: [6],
    name: 'links-beside-in-folder',
    make: asFolder('links-beside-in-folder', right, (folder, places) => {
      symlinkSync(places['SECRET_FILE'] ?? '', path.join(folder, 'secret.ts'));
      symlinkSync('/dev/urandom', path.join(folder, 'endless.ts'));
      symlinkSync('/', path.join(folder, 'all'));
      symlinkSync('.', path.join(folder, 'itself'));
    }),
    expect: { outcomes: {}, note: /not followed/ },
  },
  { attacks: [6], name: 'is-a-link', make: (batch, places) => symlinkSync(places['SECRET_FOLDER'] ?? '', path.join(batch, 'is-a-link')), expect: { refused: /a link to another place/ } },
  { attacks: [99], name: 'pipe-in-zip', make: zipped('pipe-in-zip', [{ name: 'vae.ts', content: '', mode: PIPE }], ['vae.ts']), expect: { refused: /not an ordinary file/ } },
  { attacks: [99], name: 'device-in-zip', make: zipped('device-in-zip', [{ name: 'vae.ts', content: '', mode: DEVICE }], ['vae.ts']), expect: { refused: /not an ordinary file/ } },
  {
    attacks: [99],
    name: 'pipe-in-folder',
    make: asFolder('pipe-in-folder', right.filter((file) => file.path !== 'vae.ts'), (folder) => void execFileSync('mkfifo', [path.join(folder, 'vae.ts')])),
    expect: { refused: /not an ordinary file/ },
  },
  { attacks: [99], name: 'tarred', make: (batch) => writeFileSync(path.join(batch, 'tarred.zip'), Buffer.concat([Buffer.alloc(257), Buffer.from('ustar'), Buffer.alloc(250)])), expect: { refused: /The tar is damaged/ } },
  { attacks: [100], name: 'lies-about-its-size', make: zipped('lies-about-its-size', [{ name: 'vae.ts', packed: zeros(1 << 28), size: 1000 }], ['vae.ts']), expect: { refused: /does not unpack to the size/ } },
  { attacks: [100], name: 'gigabytes', make: zipped('gigabytes', [{ name: 'vae.ts', packed: zeros(1 << 28), size: 1 << 28 }], ['vae.ts']), expect: { refused: /is larger than/ } },
  {
    attacks: [100],
    name: 'many-large-files',
    make: zipped('many-large-files', Array.from({ length: 60 }, (_, index) => ({ name: `large${index}.ts`, packed: zeros(1 << 20), size: 1 << 20, crc: 0xa738ea1c }))),
    expect: { outcomes: {}, note: /brings the hand-in above/ },
  },
  {
    attacks: [100],
    name: 'overlapping-files',
    make: zipped('overlapping-files', Array.from({ length: 1500 }, (_, index) => ({ name: `same${index}.ts`, content: '', packedSize: 1 << 20, size: 1 << 20, offset: 0 }))),
    expect: { refused: /damaged|does not unpack/ },
  },
  { attacks: [100], name: 'zip-in-zip', make: (batch) => writeFileSync(path.join(batch, 'zip-in-zip.zip'), rawZip([{ name: 'hw2.zip', content: rawZip([{ name: 'hw2.zip', content: 'PK' }]) }])), expect: { refused: /damaged or cut short/ } },
  { attacks: [100], name: 'zips-all-the-way-down', make: (batch) => writeFileSync(path.join(batch, 'zips-all-the-way-down.zip'), nested(40)), expect: { refused: /archive/ } },
  { attacks: [101], name: 'tiny-files', make: zipped('tiny-files', Array.from({ length: 60_000 }, (_, index) => ({ name: `f${index}`, method: 0 }))), expect: { refused: /more than 2,000 files/ } },
  { attacks: [101], name: 'more-than-it-says', make: zipped('more-than-it-says', Array.from({ length: 3000 }, (_, index) => ({ name: `.git/${index}`, method: 0 })), [], 20), expect: { refused: /more files than it says/ } },
  { attacks: [101, 104], name: 'with-its-packages', make: zipped('with-its-packages', Array.from({ length: 50_000 }, (_, index) => ({ name: `node_modules/p${index}/index.js`, method: 0 }))), expect: { outcomes: {}, note: /node_modules \(50,000 files\) was left alone/ } },
  { attacks: [102], name: 'twice', make: zipped('twice', [{ name: 'vae.ts', content: 'export const negativeElboBound = 1;' }]), expect: { refused: /vae\.ts is in the hand-in twice/ } },
  { attacks: [102], name: 'case-twins', make: zipped('case-twins', [{ name: 'VAE.ts', content: '' }]), expect: { refused: /the same name on many computers/ } },
  { attacks: [102], name: 'accent-twins', make: zipped('accent-twins', [{ name: 'h\u00e4.ts', content: '' }, { name: 'ha\u0308.ts', content: '' }]), expect: { refused: /in the hand-in twice|the same name/ } },
  ...odd.map((name, index): Package => ({ attacks: [103], name: `odd-name-${index}`, make: zipped(`odd-name-${index}`, [{ name, content: 'export {};' }]), expect: { refused: /cannot be read|longer than/ } })),
  { attacks: [103], name: 'leading-dash', make: zipped('leading-dash', [{ name: '--eval.ts', content: 'throw 1;' }, { name: '-rf.js', content: 'throw 1;' }]), expect: allPass },
  {
    attacks: [41, 104],
    name: 'brings-its-own-tools',
    make: replaced({
      'node_modules/@tensorflow/tfjs/index.js': 'exports.scalar = () => 0; throw new Error("loaded");',
      'node_modules/@tensorflow/tfjs/package.json': '{"name": "@tensorflow/tfjs", "main": "index.js"}',
      'package.json': '{"type": "commonjs", "imports": {"#x": "/etc/passwd"}, "scripts": {"preinstall": "touch /tmp/planted"}, "main": "/etc/passwd"}',
      'tsconfig.json': '{"extends": "/etc/passwd", "compilerOptions": {"paths": {"./*": ["/etc/*"], "@tensorflow/tfjs": ["./evil"]}, "plugins": [{"name": "./evil.js"}]}}',
      '.npmrc': 'node-options=--require=./evil.js',
      '.env': 'NODE_OPTIONS=--require=./evil.js',
      'bunfig.toml': 'preload = ["./evil.js"]',
      'vitest.config.ts': 'throw new Error("loaded");',
      'conftest.py': 'raise SystemExit',
      'evil.js': 'throw new Error("loaded");',
    })('brings-its-own-tools'),
    expect: allPass,
  },
  {
    attacks: [105],
    name: 'other-encodings',
    make: replaced({ 'vae.ts': utf16(textOf('right/vae.ts').replaceAll(`'../given/`, `'./given/`)), 'fsvae.ts': `\ufeff${textOf('fsvae.ts')}`, 'gmvae.ts': textOf('gmvae.ts').replaceAll('\n', '\r\n') })('other-encodings'),
    expect: allPass,
  },
  {
    attacks: [106],
    name: 'empty-and-other-files',
    make: replaced({ 'ssvae.ts': '', 'fsvae.ts': Buffer.from('%PDF-1.4\0\u0001\u0002', 'latin1') })('empty-and-other-files'),
    expect: { outcomes: { 'ssvae/negative-elbo-bound': 'unanswered', 'fsvae/negative-elbo-bound': 'unanswered' }, note: /ssvae\.ts is empty|fsvae\.ts is not a text file/ },
  },
  { attacks: [106], name: 'nothing-at-all', make: (batch) => writeFileSync(path.join(batch, 'nothing-at-all.zip'), ''), expect: { refused: /empty \(0 bytes\)/ } },
  {
    attacks: [107],
    name: 'other-exports',
    make: replaced({
      'ssvae.ts': 'export default function negativeElboBound() { return {}; }',
      'fsvae.ts': 'export function negativeELBObound() { return {}; }',
    })('other-exports'),
    expect: { outcomes: { 'ssvae/negative-elbo-bound': 'unanswered', 'fsvae/negative-elbo-bound': 'unanswered' } },
  },
];

export const refused = packages.flatMap(({ name, expect }) => ('refused' in expect ? [{ name, why: expect.refused }] : []));
export const graded = packages.flatMap(({ name, expect }) => ('refused' in expect ? [] : [{ name, ...expect }]));

/** A zip in a zip in a zip; the innermost holds a file. */
function nested(depth: number): Buffer {
  let content = rawZip([{ name: 'vae.ts', content: 'export {};' }]);
  for (let level = 1; level < depth; level += 1) content = rawZip([{ name: 'hw2.zip', content }]);
  return content;
}
