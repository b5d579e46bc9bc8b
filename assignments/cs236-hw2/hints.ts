/**
 * What to look at when a check fails, in the words students read. A hint points to the idea and never
 * gives the answer. Those that several tasks share stand here once.
 */
export const gradientHint =
  'Every module must get its gradient through your result. Reading values back (dataSync, arraySync), building a new tensor from numbers, or sampling without the reparameterisation trick cuts the path.';

export const stabilityHint =
  'On extreme inputs a direct formula overflows or takes the log of zero. Stay in log space: subtract the maximum before exp, and use the given functions where there is one.';

export const trainingHint = 'Training follows the gradient of nelbo and nothing else. Which part of the model does it reach, and does a step along it make nelbo smaller?';

export const vectorisedHint = 'A loop over images, samples, components or labels can be one operation on a larger tensor.';
