/** Entry of the child on native TensorFlow, for training and full-size cases. */
import './native-shims.ts';
import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-node';
import { loadNoMoreNativeCode } from './native-code.ts';
import { serve } from './serve.ts';

loadNoMoreNativeCode();
void tf.setBackend('tensorflow').then(() => serve(tf, 'native'));
