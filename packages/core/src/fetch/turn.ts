// Taken at import: a test runner's fake timers must not hold a read back.
const { nextTick } = process;

/**
 * Calls back once the current microtask queue has drained, still before any timer or I/O. From within the microtask
 * queue `nextTick` runs after it; the microtask around it makes that so from everywhere.
 */
export function afterMicrotasks(callback: () => void): void {
  queueMicrotask(() => nextTick(callback));
}
