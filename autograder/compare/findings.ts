/** What a check found, before it is given points and words. */

export type Finding =
  | { readonly kind: 'agrees'; readonly evidence: readonly string[] }
  /** `message` is for the student and holds no expected value of a hidden case; `evidence` is for staff. */
  | { readonly kind: 'differs'; readonly message: string; readonly evidence: readonly string[] }
  /** Nothing proves it right or wrong: a person decides, unless statistics do where `noise` is the reason. */
  | { readonly kind: 'undecided'; readonly reason: 'noise' | 'library' | 'calls'; readonly message: string; readonly evidence: readonly string[] };
