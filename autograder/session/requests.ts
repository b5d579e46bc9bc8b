/** A question as bytes. */
import { encodeFrame, PayloadWriter } from '../../contract/codec.ts';
import type { Call, Load, WireArgument } from '../../contract/messages.ts';
import type { Argument, Layer, Question } from '../../contract/question.ts';

export function encodeCall(id: number, question: Question): Uint8Array {
  const writer = new PayloadWriter();
  const call: Call = {
    type: 'call',
    id,
    module: question.module,
    function: question.function,
    ...(question.through === undefined ? {} : { through: question.through }),
    arguments: question.arguments.map((argument) => wireArgument(argument, writer)),
    noise: {
      seed: question.noise.seed,
      ...(question.noise.stream === undefined ? {} : { stream: writer.tensor(question.noise.stream) }),
      ...(question.noise.law === undefined ? {} : { law: question.noise.law }),
    },
    gradients: question.gradients.map(({ component, position, weights }) => ({
      component,
      ...(position === undefined ? {} : { position }),
      ...(weights === undefined ? {} : { weights: writer.tensor(weights) }),
    })),
    ...(question.training === undefined ? {} : { training: { ...question.training, rows: writer.tensor(question.training.rows) } }),
  };
  return encodeFrame(call, writer.bytes());
}

export function encodeLoad(load: Omit<Load, 'type'>): Uint8Array {
  return encodeFrame({ type: 'load', ...load } satisfies Load);
}

function wireArgument(argument: Argument, writer: PayloadWriter): WireArgument {
  switch (argument.kind) {
    case 'number':
      return argument;
    case 'tensor':
      return { ...argument, tensor: writer.tensor(argument.tensor) };
    case 'record': {
      const entries = Object.entries(argument.entries).map(([name, value]) => [name, typeof value === 'number' ? value : writer.tensor(value)] as const);
      return { kind: 'record', entries: Object.fromEntries(entries) };
    }
    case 'model': {
      const { family, networks, parameters } = argument.model;
      const wire = (layers: readonly Layer[]) =>
        layers.map(({ kernel, bias, activation }) => ({ kernel: writer.tensor(kernel), bias: writer.tensor(bias), activation }));
      return {
        kind: 'model',
        model: {
          family,
          networks: Object.fromEntries(Object.entries(networks).map(([name, layers]) => [name, wire(layers)])),
          parameters: Object.fromEntries(Object.entries(parameters).map(([name, tensor]) => [name, writer.tensor(tensor)])),
        },
      };
    }
  }
}
