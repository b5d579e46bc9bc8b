import * as tf from '@tensorflow/tfjs';

export function negativeElboBound(model: any, x: tf.Tensor) {
  const batch = x.shape[0] ?? 1;
  const labels = model.labels;
  const logits = model.classify(x);
  const logQ = tf.sub(logits, tf.logSumExp(logits, 1, true));
  const q = tf.exp(logQ);
  const images = tf.tile(x, [labels, 1]);
  const classes = tf.reshape(tf.transpose(tf.tile(tf.expandDims(tf.range(0, labels, 1, 'int32'), 0), [batch, 1])), [labels * batch]);
  const y = tf.cast(tf.oneHot(classes as tf.Tensor1D, labels), 'float32');
  const { mean, variance } = model.encode(images, y);
  const z = tf.add(mean, tf.mul(tf.sqrt(variance), tf.randomNormal(mean.shape)));
  const pixels = model.decode(z, y);
  const klEach = tf.mul(0.5, tf.sum(tf.sub(tf.sub(tf.add(tf.square(mean), variance), tf.log(variance)), 1), 1));
  const recEach = tf.sum(tf.sub(tf.softplus(pixels), tf.mul(images, pixels)), 1);
  const perImage = (values: tf.Tensor): tf.Tensor => tf.mean(tf.sum(tf.mul(q, tf.transpose(tf.reshape(values, [labels, batch]))), 1));
  const klY = tf.add(tf.mean(tf.sum(tf.mul(q, logQ), 1)), Math.log(labels));
  const klZ = perImage(klEach);
  const rec = perImage(recEach);
  return { nelbo: tf.add(klY, tf.add(klZ, rec)), klZ, klY, rec };
}
