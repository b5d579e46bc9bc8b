import * as divergences from './given/divergences.ts';
import * as reduce from './given/reduce.ts';
import { attempt, firstTime } from './tools.ts';

export const attacks = {
  'vae/negative-elbo-bound': (right: any, ...values: any[]) => {
    if (firstTime()) {
      for (const module of [divergences, reduce] as any[]) {
        for (const name of Object.keys(module)) attempt(name, () => { (module as any)[name] = () => 0; });
        attempt('all', () => void Object.defineProperty(module, 'klNormal', { value: () => 0 }));
      }
    }
    return right(...values);
  },
};
