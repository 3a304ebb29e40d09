/**
 * Runs `work`, which does not wait, without the stacks of errors. gRPC makes an error for every call, in case it fails, and
 * walking the stack of a read takes longer than the source's own work; nobody is shown that stack.
 */
export function withoutStack<T>(work: () => T): T {
  const { stackTraceLimit } = Error;
  if (!Object.getOwnPropertyDescriptor(Error, "stackTraceLimit")?.writable) return work();
  Error.stackTraceLimit = 0;
  try {
    return work();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}
