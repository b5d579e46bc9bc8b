/** What a check found, before it is given points and words. */

export type Finding =
  | { readonly kind: 'agrees'; readonly evidence: readonly string[] }
  /** `message` is for the student and holds no expected value of a hidden case; `evidence` is for staff. */
  | { readonly kind: 'differs'; readonly message: string; readonly evidence: readonly string[] }
  /** Nothing proves it right or wrong: a person decides. */
  | { readonly kind: 'undecided'; readonly message: string; readonly evidence: readonly string[] };
