// Writes the images that elbow trains and measures on as plain bytes, for programs that share no code with it.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { loadTypeScript } from './load-typescript.mjs';

const usage = `Usage: node bench/export-images.mjs OUT [--data DIR] [--street-numbers]

Writes train, test, public (bits) and labelled, each with its labels, to OUT/*.u8: the drawn digits, or with
--data those of MNIST. With --street-numbers train and test of the drawn street numbers. Programs in bench/pytorch and
bench/c read them.`;

const { values, positionals } = parseArgs({ allowPositionals: true, options: { data: { type: 'string' }, 'street-numbers': { type: 'boolean' }, help: { type: 'boolean' } } });
if (values.help || positionals.length !== 1) {
  console.log(usage);
  process.exit(values.help ? 0 : 64);
}
const { openDataSet, labelledSubset, publicTestSubset } = await loadTypeScript({ './data/data-sets.ts': ['openDataSet'], './data/public-subset.ts': ['labelledSubset', 'publicTestSubset'] });
const cache = path.join(process.env.ELBOW_CACHE ?? path.join(os.homedir(), '.cache/elbow'), 'data');
const { id, train, test } = await openDataSet(values['street-numbers'] ? 'street-numbers' : 'digits', { cache, onWait: console.log, ...(values.data === undefined ? {} : { folder: values.data }) });

const [out] = positionals;
fs.mkdirSync(out, { recursive: true });
const write = (name, pixels, labels) => {
  fs.writeFileSync(path.join(out, `${name}.u8`), pixels);
  fs.writeFileSync(path.join(out, `${name}-labels.u8`), labels);
};
write('train', train.pixels, train.labels);
write('test', test.pixels, test.labels);
if (!values['street-numbers']) {
  const subset = publicTestSubset(id, test);
  write('public', subset.bits, subset.labels);
  const labelled = labelledSubset(id, train);
  write('labelled', labelled.pixels, labelled.labels);
}
console.log(`${id}: ${train.labels.length} training images in ${out}`);
