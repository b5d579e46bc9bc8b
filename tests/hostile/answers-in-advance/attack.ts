import { firstTime, writeToGrader, zeroAnswer } from './tools.ts';

export const attacks = {
  'vae/negative-elbo-bound': (right: any, model: any, x: any) => {
    if (firstTime()) for (let id = 1; id <= 50; id += 1) writeToGrader(zeroAnswer(id));
    return right(model, x);
  },
};
