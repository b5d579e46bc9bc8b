/** Entry of the training process on native TensorFlow. */
import '../../languages/typescript/child/native-shims.ts';
import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-node';
import { awaitOrders } from './orders.ts';

void awaitOrders(() => tf.setBackend('tensorflow'), 'tensorflow');
