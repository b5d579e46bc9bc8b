/** Entry of the training process on WebAssembly, the stand-in where native TensorFlow cannot be had. */
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { transposeBeforeMultiplying } from '../../../training/matmul-gradient.ts';
import { awaitOrders } from './orders.ts';

// The .wasm files lie with the children's bundles.
setWasmPaths(`${path.dirname(process.argv[1] ?? '.')}/../child/`);
setThreadsCount(1);

void awaitOrders(async () => {
  const works = await tf.setBackend('wasm');
  transposeBeforeMultiplying();
  return works;
}, 'wasm');
