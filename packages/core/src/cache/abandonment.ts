/** Calls of an entry that were given up one after the other, since everybody who wanted an answer had left. */
export interface Abandonment {
  readonly times: number;
  /** Of the last one that was made, on the instance's time. */
  readonly begunAt: number;
}
