/** Entry of the child for small function cases: all of TensorFlow.js on its plain JavaScript backend. */
import v8 from 'node:v8';
import * as tf from '@tensorflow/tfjs';
import { serve } from './serve.ts';

// The first operation prints a banner on stderr; inside the snapshot nobody sees it.
const log = console.warn;
console.warn = () => undefined;
tf.setBackend('cpu');
tf.zeros([1]).dispose();
console.warn = log;

if (v8.startupSnapshot?.isBuildingSnapshot()) v8.startupSnapshot.setDeserializeMainFunction(() => void serve(tf, 'cpu'));
else void serve(tf, 'cpu');
