// node probe-backend.cjs native|wasm: loads one TensorFlow.js backend for real, multiplies two matrices and
// prints what it found as JSON. Run as a child process, because a broken native library takes its process along.
const util = require('node:util');

// tfjs-node still calls these. Node 23 removed them; Node 22 has them but warns at each first use.
util.isNullOrUndefined = (value) => value === null || value === undefined;
util.isArray = Array.isArray;

const backends = {
  native: { name: 'tensorflow', load: () => require('@tensorflow/tfjs-node'), version: (tf) => tf.backend().binding.TF_Version },
  wasm: { name: 'wasm', load: loadWasm, version: (tf) => tf.version.tfjs },
};

function loadWasm() {
  const { version_wasm: _registersItself } = require('@tensorflow/tfjs-backend-wasm');
  return require('@tensorflow/tfjs');
}

async function probe({ name, load, version }) {
  const tf = load();
  await tf.setBackend(name);
  // setBackend only logs when it fails, and everything then runs on a slower backend: ask which it is.
  const backend = tf.getBackend();
  const product = tf.matMul(tf.tensor2d([[1, 2], [3, 4]]), tf.tensor2d([[5, 6], [7, 8]])).dataSync().join();
  console.log(JSON.stringify({ works: backend === name && product === '19,22,43,50', backend, version: version(tf) }));
}

probe(backends[process.argv[2]]).catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
