/** One suite over every language, both ways to run a child, and every backend this machine has. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { languages } from '../../autograder/languages/languages.ts';
import { describeIsolated, isolations } from '../autograder/session/student-session.ts';
import { type Asker, openAsker } from './asker.ts';
import { describeGradients } from './gradient-cases.ts';
import { describeMeasurements } from './measurement-cases.ts';
import { describeModules } from './module-cases.ts';
import { describeNoise } from './noise-cases.ts';
import { programsOf } from './programs.ts';
import { describeTraining } from './training-cases.ts';
import { describeValues } from './value-cases.ts';

const backends = ['cpu', 'wasm', 'native'] as const;

it.each(Object.values(languages))('$id has conformance programs', ({ id }) => {
  expect(programsOf.has(id)).toBe(true);
});

for (const adapter of Object.values(languages)) {
  for (const backend of backends) {
    const isHere = adapter.launch(backend) !== null;
    for (const isolation of isolations) {
      const title = `${adapter.id} on ${backend}, isolation ${isolation}${isHere ? '' : ': skipped, this machine lacks that backend (see elbow doctor)'}`;
      (isHere ? describeIsolated(isolation) : describe.skip)(title, () => {
        let asker: Asker;
        beforeAll(async () => {
          asker = await openAsker(adapter, isolation, backend);
        });
        afterAll(() => asker.close());

        describeValues(() => asker);
        describeNoise(() => asker);
        describeGradients(() => asker);
        describeTraining(() => asker);
        describeModules(() => asker);
        describeMeasurements(() => asker);
      });
    }
  }
}
