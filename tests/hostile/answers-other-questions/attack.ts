import { writeToGrader, zeroAnswer } from './tools.ts';

export const attacks = {
  'vae/negative-elbo-bound': (right: any, model: any, x: any) => {
    for (const id of [999, 0, -1, 2 ** 40]) writeToGrader(zeroAnswer(id));
    return right(model, x);
  },
};
