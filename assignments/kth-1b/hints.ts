/** What to look at when a check fails, where several tasks share it: a hint points to the idea and never gives the answer. */
export const gradientHint =
  'Gradients must get through your result. Reading values back (dataSync, arraySync), building a new tensor from numbers, drawing from a law that has the parameter inside, or argmax cuts the path.';
