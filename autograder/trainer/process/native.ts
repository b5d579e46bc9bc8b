/** Entry of the training process on native TensorFlow. */
import '../../languages/typescript/child/native-shims.ts';
import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-node';
import { skipNeedlessCopies } from '../../../training/needless-copies.ts';
import { awaitOrders } from './orders.ts';

void awaitOrders(async () => {
  const works = await tf.setBackend('tensorflow');
  skipNeedlessCopies();
  return works;
}, 'tensorflow');
