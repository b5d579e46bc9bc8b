const tf = require('@tensorflow/tfjs');

exports.logNormalMixture = function logNormalMixture(z, means, variances) {
  const { logNormal } = require('./distributions');
  const k = means.shape[1];
  const each = tf.unstack(tf.add(means, tf.zerosLike(variances)), 1).map((mean, i) => logNormal(z, mean, tf.unstack(variances, 1)[i]));
  return tf.logSumExp(tf.stack(each, 1), 1).sub(Math.log(k));
};
