/**
 * Draws 200 images of each set that elbow draws itself into docs/, a class in each row, for people to look at.
 *
 *   node bench/data-pictures.mjs
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { loadTypeScript } from './load-typescript.mjs';

const SEED = 1;
const [ROWS, COLUMNS] = [10, 20];

const { drawDigits, drawStreetNumbers, imageAt, encodeGrid } = await loadTypeScript({
  './data/digits.ts': ['drawDigits'],
  './data/street-numbers.ts': ['drawStreetNumbers'],
  './data/labelled-images.ts': ['imageAt'],
  './autograder/trained/picture-png.ts': ['encodeGrid'],
});

write('drawn-digits.png', drawDigits(SEED, 'train', 1000));
write('drawn-street-numbers.png', drawStreetNumbers(SEED, 'train', 1000));

function write(name, images) {
  const { height, width, channels, labels } = images;
  const chosen = Array.from({ length: ROWS }, (_, label) => [...labels.keys()].filter((index) => labels[index] === label).slice(0, COLUMNS));
  const pictures = Buffer.concat(chosen.flat().map((index) => imageAt(images, index)));
  const file = path.join(import.meta.dirname, '..', 'docs', name);
  writeFileSync(file, Buffer.from(encodeGrid(pictures, { rows: ROWS, columns: COLUMNS, height, width, channels }), 'base64'));
  console.log(file);
}
