/**
 * One door for schemas: types are derived from TypeBox schemas (so the two cannot drift apart) and
 * everything that crosses a boundary is checked by AJV before it is believed.
 */
import { Ajv, type ErrorObject } from 'ajv';
import { type Static, type TSchema, Type } from 'typebox';

export { type Static, Type };

/** A document that crossed a boundary and does not have the shape it must have. */
export class SchemaError extends Error {
  override readonly name = 'SchemaError';
}

const ajv = new Ajv({ allErrors: false, strict: true, allowUnionTypes: true });

/**
 * Returns a function that accepts only values of the schema's type.
 * @throws SchemaError naming `what` and the first place that does not fit.
 */
export function parser<Schema extends TSchema>(what: string, schema: Schema): (value: unknown) => Static<Schema> {
  const accepts = ajv.compile<Static<Schema>>(schema);
  return (value) => {
    if (accepts(value)) return value;
    throw new SchemaError(`${what} is malformed: ${describe(accepts.errors?.[0])}`);
  };
}

function describe(error: ErrorObject | undefined): string {
  if (error === undefined) return 'it does not fit its schema';
  const place = error.instancePath === '' ? 'the document' : error.instancePath;
  const extra = typeof error.params['additionalProperty'] === 'string' ? ` (${error.params['additionalProperty']})` : '';
  return `${place} ${error.message ?? 'does not fit'}${extra}`;
}
