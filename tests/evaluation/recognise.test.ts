/** Our own classifier of street numbers knows the drawn ones, and says nothing of itself about a picture of one colour. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../../autograder/paths.ts';
import { decodeSafetensors } from '../../contract/safetensors.ts';
import { drawStreetNumbers } from '../../data/street-numbers.ts';
import { recognise } from '../../evaluation/recognise.ts';

const classifier = decodeSafetensors(fs.readFileSync(path.join(projectRoot, 'reference/checkpoints/drawn-street-numbers/classifier.safetensors')));

describe('the classifier of street numbers', () => {
  const { pixels, labels } = drawStreetNumbers(77, 'test', 100);

  it('recognises nearly all of new images', () => {
    const right = recognise(pixels, classifier).filter((seen, index) => seen === labels[index]).length;
    expect(right).toBeGreaterThan(93);
  });

  it('recognises them with light and dark exchanged', () => {
    const right = recognise(pixels.map((value) => 255 - value), classifier).filter((seen, index) => seen === labels[index]).length;
    expect(right).toBeGreaterThan(93);
  });

  it('sees one class at most in pictures of one colour', () => {
    expect(new Set(recognise(new Uint8Array(10 * 3072).fill(128), classifier)).size).toBe(1);
  });
});
