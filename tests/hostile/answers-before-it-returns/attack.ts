import { writeToGrader, zeroAnswer } from './tools.ts';

let calls = 0;

export const attacks = {
  'vae/negative-elbo-bound': (right: any, model: any, x: any) => {
    calls += 1;
    writeToGrader(zeroAnswer(calls));
    return right(model, x);
  },
};
