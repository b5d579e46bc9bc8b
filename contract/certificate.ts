/**
 * A certificate of a fixture set: what hand-ins with known verdicts were given, and what those verdicts rest
 * on. No time, path or measured number is in it, so that every machine makes the same bytes.
 */
import { Outcome } from './outcome.ts';
import { type Static, Type } from './schema.ts';

const strict = { additionalProperties: false } as const;

export const CERTIFICATE_FORMAT = 2;

/** Hashes of all that a verdict rests on; how it is reported is not among it. */
export const Foundations = Type.Object(
  {
    /** The manifest, which holds the hash of every fixture file. */
    fixtures: Type.String(),
    /** The assignment's data and what its template gives. */
    assignment: Type.String(),
    /** The programs that run beside students' code. */
    child: Type.String(),
    /** What turns answers into marks. */
    judgement: Type.String(),
  },
  strict,
);
export type Foundations = Static<typeof Foundations>;

/** Function tasks that did not pass, and how they ended; empty: full marks. */
export const Shortfalls = Type.Record(Type.String(), Outcome);
export type Shortfalls = Static<typeof Shortfalls>;

/** What a hand-in stands for, and what its marks must be. */
const known = {
  /** The entry of the catalogue, e.g. `vae-elbo/kl-sign`. */
  id: Type.String(),
  kind: Type.Union([Type.Literal('reference'), Type.Literal('template'), Type.Literal('misconception'), Type.Literal('right-variant')]),
  expected: Shortfalls,
};

export const KnownHandIn = Type.Object({ ...known, description: Type.String() }, strict);
export type KnownHandIn = Static<typeof KnownHandIn>;

export const CertifiedHandIn = Type.Object(
  {
    ...known,
    found: Shortfalls,
    /** The known mistakes that its numbers were taken for. */
    named: Type.Array(Type.String()),
  },
  strict,
);
export type CertifiedHandIn = Static<typeof CertifiedHandIn>;

/** How a derivation ended: its outcome, and the first line that does not follow, counted in its page. */
const Ended = Type.Object({ outcome: Outcome, line: Type.Optional(Type.Integer()) }, strict);

/** A derivation whose verdict is known beforehand: full marks if it must pass, fewer if it must fail. */
const derivation = { task: Type.String(), title: Type.String(), expected: Ended };

export const KnownDerivation = Type.Object(derivation, strict);
export type KnownDerivation = Static<typeof KnownDerivation>;

export const CertifiedDerivation = Type.Object({ ...derivation, found: Ended, earned: Type.Number(), points: Type.Number() }, strict);
export type CertifiedDerivation = Static<typeof CertifiedDerivation>;

export const Certificate = Type.Object(
  {
    format: Type.Literal(CERTIFICATE_FORMAT),
    assignment: Type.String(),
    term: Type.String(),
    restsOn: Foundations,
    /** What did not happen as it must, a sentence each; empty: certified. */
    problems: Type.Array(Type.String()),
    handIns: Type.Array(CertifiedHandIn),
    derivations: Type.Array(CertifiedDerivation),
  },
  strict,
);
export type Certificate = Static<typeof Certificate>;
