/** What to look at when a check fails, where several tasks share the words. */
export const gradientHint =
  'Training needs a gradient for every network. Reading values back (dataSync, arraySync), building a tensor from numbers, or sampling without the reparameterisation trick cuts the path.';

export const stabilityHint =
  'On extreme logits exp overflows and the log of a rounded probability is infinite. Write the cross entropy in terms of the logits: log(1 + exp(l)) has a function of its own in the library.';
