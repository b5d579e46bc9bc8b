/** What the files of the template import, for both editions: a test holds this to the templates. */
const LIBRARY = "import * as tf from '@tensorflow/tfjs';";
const STUBS = "import { unanswered } from './given/unanswered.ts';";

export const imports: Readonly<Record<string, string[]>> = {
  'gradient-estimators.ts': [LIBRARY, STUBS, "import { type GradientEstimate, objectiveTowards } from './given/objective.ts';"],
  'vae.ts': [LIBRARY, STUBS, "import type { Vae } from './given/interfaces.ts';", "import type { Reconstruction } from './given/reconstruction.ts';"],
  'cvae.ts': [LIBRARY, "import { binaryCrossEntropy, klDivergence } from './vae.ts';", STUBS, "import type { Cvae, Reconstruction } from './given/reconstruction.ts';"],
};
