/** Which hidden images trained models are measured on: another choice with every fixture set. */
import type { AnswerKey } from '../answer-key/answer-key.ts';
import type { MeasuringPart } from '../pipeline.ts';

/** A hundred, as the public subset has, for bounds; accuracy needs more to be told from chance. */
const IMAGES = 100;
const CLASSIFIED = 1000;

export function hiddenSubset({ hiddenSeed }: AnswerKey): Pick<MeasuringPart, 'hidden'> {
  return hiddenSeed === null ? {} : { hidden: { seed: hiddenSeed, images: IMAGES, classified: CLASSIFIED } };
}
