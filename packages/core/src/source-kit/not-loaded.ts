/** A failure of the source contract. */
export interface NotLoaded {
  readonly failure: "unknown";
  /** Whoever loads has asked the store for nothing yet. */
  readonly madeNothing: true;
  readonly advice: string;
  readonly native?: { readonly name?: string; readonly code?: string };
}

/** What a module that fails by itself says may be anything; these are Node's own words. */
const codesOfNode = /^(?:E[A-Z]{2,15}|ERR_[A-Z_]{1,60}|MODULE_NOT_FOUND)$/;
const namesOfTheLanguage = /^(?:Syntax|Type|Reference|Range)Error$/;
const lacksCommonJs = /^Dynamic require of "|^(?:require|__dirname|__filename) is not defined\b/;
const tooManyFiles: ReadonlySet<unknown> = new Set(["EMFILE", "ENFILE"]);

/**
 * What a source returns where an `import()` of its SDK, or of a part of its package, has failed.
 *
 * @param what "The package some-sdk". Begins the advice.
 * @param error What was thrown: of it, what Node itself calls it is passed on.
 */
export function notLoaded(what: string, error: unknown): NotLoaded {
  const { name, code, message } = textsOf(error);
  const native = {
    ...(namesOfTheLanguage.test(name) && { name }),
    ...(codesOfNode.test(code) && { code }),
  };
  return {
    failure: "unknown",
    madeNothing: true,
    advice: `${what} cannot be loaded: ${remedyFor(code, message)}`,
    ...(Object.keys(native).length > 0 && { native }),
  };
}

function remedyFor(code: string, message: string): string {
  if (tooManyFiles.has(code)) {
    return "too many files are open. Raise the limit (`ulimit -n`), and see what leaves them open.";
  }
  if (lacksCommonJs.test(message)) {
    return "the bundle is an ES module, and has no `require`, `__dirname` or `__filename`: bundle into CommonJS, leave the package out of the bundle, or define them at its top.";
  }
  return "install the dependencies anew, and ship all files of a bundle.";
}

function textsOf(error: unknown): Record<"name" | "code" | "message", string> {
  try {
    const { name, code, message } = error as { readonly [key: string]: unknown };
    return { name: textOr(name), code: textOr(code), message: textOr(message) };
  } catch {
    // What is thrown may be anything.
    return { name: "", code: "", message: "" };
  }
}

function textOr(value: unknown): string {
  return typeof value === "string" ? value : "";
}
