/** Entry of the child on the WebAssembly backend, the stand-in where native TensorFlow cannot be had. */
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { serve } from './serve.ts';

// The .wasm files lie beside the bundle.
setWasmPaths(`${path.dirname(process.argv[1] ?? '.')}/`);
setThreadsCount(1);
void tf.setBackend('wasm').then(() => serve(tf, 'wasm'));
