/**
 * Stands in for tfjs-core's `ops/log_sigmoid.js` when a child is bundled (scripts/bundle.mjs). The library's
 * own gradient reads its argument without having saved it, and throws unless that is a variable. The same
 * formula without a gradient of its own is differentiated rightly: softplus has one.
 */
import { neg, softplus, type Tensor } from '@tensorflow/tfjs-core';

/** log sigmoid(x) = -softplus(-x) */
export function logSigmoid(x: Tensor): Tensor {
  return neg(softplus(neg(x)));
}
