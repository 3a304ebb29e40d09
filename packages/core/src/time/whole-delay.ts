/**
 * A timer's delay in whole milliseconds, at least 0. Rounded up: who wakes early has to wait again.
 *
 * @throws RangeError for NaN, which comes from a defect: waiting 0 ms would spin, waiting for ever would hang.
 */
export function wholeDelay(delayMs: number): number {
  if (Number.isNaN(delayMs)) throw new RangeError("The delay of a timer must be a number of milliseconds, not NaN");
  return Math.max(0, Math.ceil(delayMs));
}
