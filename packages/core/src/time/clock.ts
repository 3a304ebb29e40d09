/** The one door to time: every reading and every wait of this library goes through it. */
export interface Clock {
  /** Wall clock, epoch milliseconds. May step back, jump ahead, or stand still while the process is frozen. */
  now(): number;
  /** Milliseconds since some fixed point; never steps back. May or may not run on while the machine sleeps. */
  monotonic(): number;
  /**
   * Calls `callback` once, `delayMs` from now; never before this call has returned. A fraction is rounded up, less
   * than 0 counts as 0, and there is no upper limit (`Infinity`: never). The callback must not throw.
   *
   * @param hold Keeps the process alive until it fired: for waits that a caller awaits. Without it the timer never
   *   keeps a program from ending.
   * @throws RangeError when the delay is NaN.
   */
  setTimer(callback: () => void, delayMs: number, hold?: "hold"): Timer;
}

export interface Timer {
  /** Idempotent; also after it fired. */
  cancel(): void;
}
