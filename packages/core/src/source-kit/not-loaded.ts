/** A failure of the source contract. */
export interface NotLoaded {
  readonly failure: "unknown";
  /** Whoever loads has asked the store for nothing yet. */
  readonly madeNothing: true;
  readonly advice: string;
  readonly native?: { readonly code: string };
}

/** As Node names what it cannot find, read or run; a module that fails by itself may say anything. */
const ofNode = /^(?:E[A-Z]{2,15}|ERR_[A-Z_]{1,60}|MODULE_NOT_FOUND)$/;
const tooManyFiles: ReadonlySet<string | undefined> = new Set(["EMFILE", "ENFILE"]);

/**
 * What a source returns where an `import()` of its SDK, or of a part of its package, has failed.
 *
 * @param what "The package some-sdk". Begins the advice.
 * @param error What was thrown: of it, Node's own code is passed on.
 */
export function notLoaded(what: string, error: unknown): NotLoaded {
  const code = codeOf(error);
  const remedy = tooManyFiles.has(code)
    ? "too many files are open. Raise the limit (`ulimit -n`), and see what leaves them open."
    : "install the dependencies anew, and ship all files of a bundle.";
  return {
    failure: "unknown",
    madeNothing: true,
    advice: `${what} cannot be loaded: ${remedy}`,
    ...(code !== undefined && { native: { code } }),
  };
}

function codeOf(error: unknown): string | undefined {
  try {
    const { code } = error as { readonly code?: unknown };
    return typeof code === "string" && ofNode.test(code) ? code : undefined;
  } catch {
    // What is thrown may be anything.
    return undefined;
  }
}
