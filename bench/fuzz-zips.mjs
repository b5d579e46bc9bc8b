// Zips for intake: honest ones damaged, entries that lie about everything, and noise. Read from memory, so
// that a million of them are a matter of minutes and not of the disk.
import { loadTypeScript } from './load-typescript.mjs';

const SOURCES = {
  './autograder/intake/byte-source.ts': ['bufferSource'],
  './autograder/intake/unzip.ts': ['listZip'],
  './autograder/intake/hand-in-rules.ts': ['pick'],
  './autograder/intake/problems.ts': ['Refused'],
  './autograder/intake/intake-limits.ts': ['intakeLimits'],
  './autograder/intake/archive-kind.ts': ['archiveKind', 'headBytes'],
  './assignments/cs236-hw2/assignment.ts': ['assignment'],
  './tests/autograder/intake/raw-zip.ts': ['rawZip'],
};

const NAMES = ['vae.ts', 'gmvae.ts', 'distributions.ts', 'answers.md', 'given/reduce.ts', 'extra.ts', 'plot.png', 'README.md', 'hw2/vae.ts'];
const PARTS = ['vae', '.ts', '/', '..', '\\', 'gmvae.ts', 'answers.md', 'node_modules', '.git', 'C:', 'con', ' ', '.', '\0', '\n', '\u202e', 'é', 'e\u0301', 'VAE', '.png', '.zip', '__MACOSX', 'x'.repeat(300)];
const HARMFUL_PATH = /^\/|^[a-z]:|(?:^|\/)\.\.?(?:\/|$)|\\|[\p{Cc}\p{Cf}]/iu;
const HARMFUL_SENTENCE = /[\p{Cc}\p{Cf}]/u;

export async function fuzzZips(random) {
  const { bufferSource, listZip, pick, Refused, intakeLimits, archiveKind, headBytes, assignment, rawZip } = await loadTypeScript(SOURCES);
  const limits = { ...intakeLimits, entries: 20, entriesInAll: 40, files: 5, fileBytes: 2000, totalBytes: 5000 };
  const odd = (usual) => (random.below(6) === 0 ? random.pick([0, 1, 65_535, 0x7fffffff, 0xffffffff]) : usual);

  function entry(index) {
    const content = 'x'.repeat(random.pick([0, 10, 10, 500, 500, 3000]));
    const name = random.below(5) > 0 ? (NAMES[index] ?? random.pick(NAMES)) : Array.from({ length: random.below(6) }, () => random.pick(PARTS)).join('');
    const lies = random.below(8) === 0;
    return {
      name,
      content,
      ...(lies ? { size: odd(content.length), mode: random.pick([0, 0o100644, 0o120777, 0o010644, 0o040755, 0o177777]), method: random.pick([0, 8, 8, 9, 99]), flags: random.pick([0, 1, 8, 0x40, 0x800]), offset: odd(0) } : {}),
      ...(random.below(25) === 0 ? { packed: random.bytes(random.below(50)) } : {}),
      ...(random.below(25) === 0 ? { extra: Buffer.concat([Buffer.from([1, 0, 28, 0]), random.bytes(28)]) } : {}),
      ...(random.below(25) === 0 ? { packedSize: odd(10) } : {}),
    };
  }

  function zip() {
    const kind = random.below(20);
    if (kind === 0) return Buffer.concat([Buffer.from(random.pick(['', 'PK\x03\x04', 'PK\x05\x06'])), random.bytes(random.below(200))]);
    const entries = Array.from({ length: random.below(8) }, (_, index) => entry(index));
    let bytes = rawZip(entries, random.below(20) === 0 ? random.below(65_536) : entries.length);
    for (let changes = kind > 12 ? random.below(5) : 0; changes > 0; changes -= 1) {
      // Half of the changes go to the directory at the end, where most of the meaning is.
      const place = random.below(2) === 0 ? random.below(bytes.length + 1) : Math.max(0, bytes.length - random.below(200));
      const cut = random.below(2) === 0 ? 0 : random.below(6);
      bytes = Buffer.concat([bytes.subarray(0, place), random.bytes(random.below(6)), bytes.subarray(place + cut)]);
    }
    return bytes;
  }

  const read = async (bytes) => pick(await listZip(bufferSource(bytes), limits), assignment.handIn, limits);
  // Fuzz that is refused for a fault of this program finds nothing: an honest zip has to come through.
  const honest = await read(rawZip([{ name: 'vae.ts', content: 'x' }], 1));
  if (honest.code.length !== 1) throw new Error('an honest zip was not read');

  return async () => {
    const bytes = zip();
    const kind = archiveKind(bytes.subarray(0, headBytes));
    if (kind !== null && kind !== 'zip') return 'not a zip';
    let picked;
    try {
      picked = await read(bytes);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (HARMFUL_SENTENCE.test(error.message)) throw new Error(`a harmful sentence: ${JSON.stringify(error.message)}`, { cause: error });
      return 'refused';
    }
    const files = [...picked.code, ...picked.written];
    const harmful = files.find(({ path, text }) => HARMFUL_PATH.test(path) || text.length > limits.fileBytes) ?? [...picked.notes, ...picked.attachments].find((sentence) => HARMFUL_SENTENCE.test(sentence));
    if (harmful !== undefined || files.length > limits.files) throw new Error(`harm came through: ${JSON.stringify(harmful)}`);
    return files.length === 0 ? 'read, nothing in it' : 'read';
  };
}
