/**
 * The session protocol: what the grader says to a child, and what a child may say back.
 * Requests hold inputs only; nothing in this file has a place for an expected value.
 * Frames: u32 header length, u32 byte length (little-endian), JSON header, bytes (docs/protocol.md).
 */
import { PROTOCOL_VERSION } from './codec.ts';
import { type Static, Type } from './schema.ts';
import { TensorReference, WireValue } from './values.ts';

/** Caps on what a child may send in one frame; checked before anything is allocated. */
export const MAX_HEADER_BYTES = 1 << 20;
export const MAX_PAYLOAD_BYTES = 1 << 26;

export const Backend = Type.Union([Type.Literal('cpu'), Type.Literal('wasm'), Type.Literal('native')]);
export type Backend = Static<typeof Backend>;

/** What a recorded stream holds where it holds no standard normals: uniforms on (0, 1). */
export const StreamLaw = Type.Literal('uniform');
export type StreamLaw = Static<typeof StreamLaw>;

/** One dense layer: activation(x kernel + bias); kernel [in, out], bias [out]. */
const layer = <Tensor extends Parameters<typeof Type.Array>[0]>(tensor: Tensor) =>
  Type.Object(
    { kernel: tensor, bias: tensor, activation: Type.Union([Type.Literal('identity'), Type.Literal('relu'), Type.Literal('elu')]) },
    { additionalProperties: false },
  );

/** How a model argument is described, whatever stands for a tensor (bytes on the wire, names in a fixture). */
export const modelSchema = <Tensor extends Parameters<typeof Type.Array>[0]>(tensor: Tensor) =>
  Type.Object(
    {
      family: Type.Union([Type.Literal('vae'), Type.Literal('gmvae'), Type.Literal('ssvae'), Type.Literal('fsvae'), Type.Literal('cvae')]),
      /** Networks by module name: encoder, decoder, classifier. */
      networks: Type.Record(Type.String(), Type.Array(layer(tensor))),
      /** Free parameters by module name; a GMVAE's prior: means and (unconstrained) variances. */
      parameters: Type.Record(Type.String(), tensor),
    },
    { additionalProperties: false },
  );

export const argumentSchema = <Tensor extends Parameters<typeof Type.Array>[0]>(tensor: Tensor) =>
  Type.Union([
    Type.Object({ kind: Type.Literal('number'), value: Type.Number() }, { additionalProperties: false }),
    // A constant is data: no gradient is taken with respect to it, so that a mask made of it costs nobody marks.
    Type.Object({ kind: Type.Literal('tensor'), name: Type.String(), tensor, constant: Type.Optional(Type.Literal(true)) }, { additionalProperties: false }),
    // An object of numbers and constant tensors.
    Type.Object({ kind: Type.Literal('record'), entries: Type.Record(Type.String(), Type.Union([Type.Number(), tensor])) }, { additionalProperties: false }),
    Type.Object({ kind: Type.Literal('model'), model: modelSchema(tensor) }, { additionalProperties: false }),
  ]);

const WireArgument = argumentSchema(TensorReference);
export type WireArgument = Static<typeof WireArgument>;

export const gradientSchema = <Tensor extends Parameters<typeof Type.Array>[0]>(tensor: Tensor) =>
  Type.Object(
    {
      /** Which component of the result is differentiated; '' is the result itself. */
      component: Type.String(),
      /** Where it stands in a tuple, for a function that returns one. */
      position: Type.Optional(Type.Integer({ minimum: 0 })),
      /** Weights of the sum that makes a scalar of a tensor; absent for a scalar. */
      weights: Type.Optional(tensor),
    },
    { additionalProperties: false },
  );

/** A short training in place of a single call: the named component of what the function returns is made small. */
export const trainingSchema = <Tensor extends Parameters<typeof Type.Array>[0]>(tensor: Tensor) =>
  Type.Object(
    {
      component: Type.String(),
      /** Where it stands in a tuple, for a function that returns one. */
      position: Type.Optional(Type.Integer({ minimum: 0 })),
      /** int32 [steps, batch]: the rows that a step sees of every tensor argument. */
      rows: tensor,
      /** Of Adam. */
      learningRate: Type.Number({ exclusiveMinimum: 0 }),
    },
    { additionalProperties: false },
  );

const SourceFile = Type.Object(
  {
    path: Type.String(),
    /** CommonJS text, or why there is none. */
    code: Type.Optional(Type.String()),
    broken: Type.Optional(Type.String()),
  },
  { additionalProperties: false },
);
export type SourceFile = Static<typeof SourceFile>;

/** Right functions that take the place of the hand-in's own, and the modules they come from. */
export const Supplied = Type.Object(
  {
    files: Type.Array(SourceFile),
    /** `function` of the hand-in's `module` is the one of that name, or of the name `called`, in `source`, one of the files. */
    functions: Type.Array(Type.Object({ module: Type.String(), function: Type.String(), source: Type.String(), called: Type.Optional(Type.String()) }, { additionalProperties: false })),
  },
  { additionalProperties: false },
);
export type Supplied = Static<typeof Supplied>;

/** Grader to child, once: the hand-in's modules, and what wins over the hand-in's copies. */
export const Load = Type.Object(
  { type: Type.Literal('load'), files: Type.Array(SourceFile), originals: Type.Array(SourceFile), supplied: Type.Optional(Supplied) },
  { additionalProperties: false },
);
export type Load = Static<typeof Load>;

const place = { module: Type.String(), function: Type.String() };

/** How a function of the hand-in is given to another: as it is, or by way of a given function that makes of it what was asked for. */
const asAsked = { asAsked: Type.Optional(Type.Object(place, { additionalProperties: false })) };

/** A given function that is called with a hand-in's as its first argument, and with further ones after it. */
export const Through = Type.Object(
  { ...place, ...asAsked, with: Type.Optional(Type.Array(Type.Object({ ...place, ...asAsked }, { additionalProperties: false }))) },
  { additionalProperties: false },
);
export type Through = Static<typeof Through>;

/** Grader to child: call one function once. */
export const Call = Type.Object(
  {
    type: Type.Literal('call'),
    id: Type.Integer(),
    module: Type.String(),
    function: Type.String(),
    /** A given function that is called in its place, with it as the first argument. */
    through: Type.Optional(Through),
    arguments: Type.Array(WireArgument),
    /** The stream served to draws of its law (absent: standard normals), and the seed of every other generator. */
    noise: Type.Object({ stream: Type.Optional(TensorReference), law: Type.Optional(StreamLaw), seed: Type.Integer() }, { additionalProperties: false }),
    /** Gradients wanted with respect to every module (or every tensor argument where there is no model). */
    gradients: Type.Array(gradientSchema(TensorReference)),
    /** Instead of calling it once: train with it. Returned is a record, by module: the parameters after the last step. */
    training: Type.Optional(trainingSchema(TensorReference)),
  },
  { additionalProperties: false },
);
export type Call = Static<typeof Call>;

/** One use of a random generator by the student's code. */
export const Draw = Type.Object(
  {
    law: Type.Union([
      Type.Literal('normal'),
      Type.Literal('truncated-normal'),
      Type.Literal('uniform'),
      Type.Literal('gamma'),
      // Something else made of a law, beside a stream that holds that law.
      Type.Literal('other'),
    ]),
    seeded: Type.Boolean(),
    count: Type.Integer({ minimum: 0 }),
  },
  { additionalProperties: false },
);
export type Draw = Static<typeof Draw>;

const Text = Type.String({ maxLength: 4000 });

const Frame = Type.Object(
  { path: Type.String({ maxLength: 300 }), line: Type.Integer({ minimum: 0 }), column: Type.Integer({ minimum: 0 }) },
  { additionalProperties: false },
);

export const Thrown = Type.Object(
  { name: Type.String({ maxLength: 200 }), message: Text, frames: Type.Array(Frame, { maxItems: 10 }) },
  { additionalProperties: false },
);
export type Thrown = Static<typeof Thrown>;

const ModuleGradient = Type.Object(
  { module: Type.String({ maxLength: 100 }), tensor: Type.Union([TensorReference, Type.Null()]) },
  { additionalProperties: false },
);

export const Ready = Type.Object(
  { type: Type.Literal('ready'), protocol: Type.Literal(PROTOCOL_VERSION), backend: Backend },
  { additionalProperties: false },
);

export const ConsoleText = Type.Object(
  { type: Type.Literal('console'), text: Type.String({ maxLength: MAX_HEADER_BYTES }) },
  { additionalProperties: false },
);

export const Answer = Type.Object(
  {
    type: Type.Literal('answer'),
    id: Type.Integer(),
    result: Type.Union([
      Type.Object({ kind: Type.Literal('returned'), value: WireValue }, { additionalProperties: false }),
      Type.Object({ kind: Type.Literal('threw'), error: Thrown }, { additionalProperties: false }),
      Type.Object({ kind: Type.Literal('unanswered'), reason: Text }, { additionalProperties: false }),
      // A kernel that this backend lacks: never the student's fault, asked again on the plain cpu backend.
      Type.Object({ kind: Type.Literal('unsupported'), kernel: Type.String({ maxLength: 200 }) }, { additionalProperties: false }),
    ]),
    gradients: Type.Array(
      Type.Object(
        {
          component: Type.String({ maxLength: 100 }),
          modules: Type.Array(ModuleGradient, { maxItems: 16 }),
          /** Why there is none, in the library's words. */
          error: Type.Optional(Text),
        },
        { additionalProperties: false },
      ),
      { maxItems: 16 },
    ),
    draws: Type.Array(Draw, { maxItems: 256 }),
    /** Kernels run plus tensors read during the call. */
    operations: Type.Integer({ minimum: 0 }),
  },
  { additionalProperties: false },
);
export type Answer = Static<typeof Answer>;

export const FromChild = Type.Union([Ready, ConsoleText, Answer]);
export type FromChild = Static<typeof FromChild>;
