/** The evaluation program where native TensorFlow cannot be had. */
import path from 'node:path';
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { serve } from './serve.ts';

// The .wasm files lie with the children's bundles.
setWasmPaths(`${path.dirname(process.argv[1] ?? '.')}/../child/`);
setThreadsCount(1);

void serve('wasm');
