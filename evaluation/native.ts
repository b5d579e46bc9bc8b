/** The evaluation program on native TensorFlow. */
import '../autograder/languages/typescript/child/native-shims.ts';
import '@tensorflow/tfjs-node';
import { serve } from './serve.ts';

void serve('tensorflow');
