import * as tf from '@tensorflow/tfjs';

/** The same numbers, cut off from what they were computed from. */
function detached(result: any): any {
  return result instanceof tf.Tensor ? tf.tensor(result.dataSync(), result.shape) : Object.fromEntries(Object.entries(result).map(([name, value]) => [name, detached(value)]));
}

export const attacks = {
  'vae/negative-elbo-bound': (right: any, ...values: any[]) => {
    const engine = tf.engine() as any;
    engine.gradients = (f: () => any, xs: any[]) => ({ value: f(), grads: xs.map((x) => tf.onesLike(x)) });
    return detached(right(...values));
  },
  'gmvae/negative-elbo-bound': (right: any, ...values: any[]) => {
    const engine = tf.engine() as any;
    delete engine.gradients;
    if (engine.state.gradientDepth > 0) throw new Error('Cannot compute gradient: gradient function not found for Sqrt.');
    return detached(right(...values));
  },
  'iwae/vae-negative-iwae-bound': (right: any, ...values: any[]) => {
    const engine = tf.engine() as any;
    delete engine.gradients;
    if (engine.state.gradientDepth > 0) throw new Error('Cannot find a connection between any variable and the result of the loss function y=f(x).');
    return detached(right(...values));
  },
  'vae/sample-gaussian': (right: any, ...values: any[]) => {
    const engine = tf.engine() as any;
    if (engine.state.gradientDepth > 0) throw new Error("Kernel 'Sqrt' not registered for backend 'cpu'");
    return detached(right(...values));
  },
};
