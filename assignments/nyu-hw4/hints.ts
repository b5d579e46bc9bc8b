/** What to look at when a check fails, in the words students read: those that several tasks share. */
export const gradientHint =
  'Every network must get its gradient through your result. Reading values back (dataSync, arraySync), building a new tensor from numbers, or sampling without the reparameterisation trick cuts the path.';

export const stabilityHint =
  'Logits of any size must give a finite loss: the logarithm of a sigmoid is zero or infinite far out. Write the cross-entropy in terms of the logits.';

export const trainingHint = 'Training follows the gradient of nelbo and nothing else. Which network does it reach, and does a step along it make nelbo smaller?';

export const vectorisedHint = 'A loop over images can be one operation on a larger tensor.';
