/** One variable's copy: the key of its outcome in the environment. */
export interface Slot {
  readonly key: string;
  readonly variable: string;
  /** 0 where there is one. */
  readonly copy: number;
}
