/**
 * The child's life: say ready, take the hand-in, answer calls until the grader hangs up.
 * Everything here runs beside student code and holds nothing secret: inputs come in, outputs go out.
 */
import type * as Tf from '@tensorflow/tfjs';
import { PayloadReader, PROTOCOL_VERSION } from '../../../../contract/codec.ts';
import type { Backend, Call, Load } from '../../../../contract/messages.ts';
import { type Channel, openChannel } from './channel.ts';
import { captureConsole } from './console.ts';
import { execute } from './execute.ts';
import { registerLibraryGradients } from './library-gradients.ts';
import { createModules } from './modules.ts';
import { loadSupplied } from './supplied.ts';

/** Where the grader's pipe is, in every box. */
const CHANNEL_DESCRIPTOR = 3;

/** A bare child whose system hands on no further descriptor is told so, and talks over standard input and output. */
function channelOf({ ELBOW_FRAMES: way }: NodeJS.ProcessEnv): Channel {
  return way === 'stdio' ? openChannel(0, 1) : openChannel(CHANNEL_DESCRIPTOR, CHANNEL_DESCRIPTOR);
}

export async function serve(tf: typeof Tf, backend: Backend): Promise<void> {
  await tf.ready();
  // tfjs only logs a backend that fails and runs on with a slower one: refuse instead.
  if (tf.getBackend() !== TFJS_NAME[backend]) throw new Error(`TensorFlow.js runs on ${tf.getBackend()}, not on ${TFJS_NAME[backend]}`);
  tf.env().set('IS_TEST', false);
  registerLibraryGradients(tf);

  const channel = channelOf(process.env);
  captureConsole(channel.send);
  // The library's own frames fill the usual ten lines before the student's first one.
  Error.stackTraceLimit = 100;
  ignoreStrayRejections();
  channel.send({ type: 'ready', protocol: PROTOCOL_VERSION, backend } satisfies Record<string, unknown>);

  const first = channel.receive();
  if (first === null) return;
  const load = first.header as Load;
  const packages = allowedPackages(tf);
  const modules = createModules(load, { packages, supplied: loadSupplied(load.supplied, packages) });
  await answerCalls(tf, channel, modules);
  // Timers and sockets that the student's code left open must not keep the child alive.
  process.exit(0);
}

const TFJS_NAME: Readonly<Record<Backend, string>> = { cpu: 'cpu', wasm: 'wasm', native: 'tensorflow' };

async function answerCalls(tf: typeof Tf, channel: Channel, modules: ReturnType<typeof createModules>): Promise<void> {
  for (let frame = channel.receive(); frame !== null; frame = channel.receive()) {
    tf.engine().startScope();
    const [answer, payload] = await execute(tf, frame.header as Call, modules, new PayloadReader(frame.payload));
    tf.engine().endScope();
    channel.send(answer, payload);
  }
}

/** A promise that a student forgot would end the process, and the tasks after it: it is theirs to lose. */
function ignoreStrayRejections(): void {
  process.on('unhandledRejection', () => undefined);
}

/** Every name under which students import TensorFlow.js gives the one instance whose backend is set up. */
function allowedPackages(tf: typeof Tf): ReadonlyMap<string, unknown> {
  const names = ['@tensorflow/tfjs', '@tensorflow/tfjs-core', '@tensorflow/tfjs-node'];
  return new Map(names.map((name) => [name, tf]));
}
