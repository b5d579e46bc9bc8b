/** How the values of a call are written in a fixture file. */
import { argumentSchema, gradientSchema } from './messages.ts';
import { type Static, Type } from './schema.ts';
import { DType, Shape } from './values.ts';

/** Small tensors stand in the JSON; larger ones in the question's .safetensors, under `stored`. */
export const FixtureTensor = Type.Object(
  {
    dtype: DType,
    shape: Shape,
    values: Type.Optional(Type.Array(Type.Number())),
    stored: Type.Optional(Type.String()),
  },
  { additionalProperties: false },
);
export type FixtureTensor = Static<typeof FixtureTensor>;

export const FixtureArgument = argumentSchema(FixtureTensor);
export type FixtureArgument = Static<typeof FixtureArgument>;

export const FixtureGradient = gradientSchema(FixtureTensor);
export type FixtureGradient = Static<typeof FixtureGradient>;
