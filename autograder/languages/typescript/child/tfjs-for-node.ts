/**
 * The TensorFlow.js that tfjs-node sees in the native child's bundle. Its backend is ES5 and extends
 * KernelBackend by calling it; bundled from ES2017 modules KernelBackend is a class, which cannot be
 * called, setBackend only logs that, and everything runs on the slow plain backend. A plain function
 * with the same prototype can be extended both ways.
 */
import * as tf from '@tensorflow/tfjs';

function CallableKernelBackend(): void {
  // Constructs nothing: KernelBackend has no state of its own.
}
CallableKernelBackend.prototype = tf.KernelBackend.prototype;

module.exports = { ...tf, KernelBackend: CallableKernelBackend };
