import { invalidOptions } from "./invalid-options.ts";

/** The parts of `scheme:path?query`. */
export interface SourceUri {
  /** Lower-case letters, digits and hyphens. */
  readonly scheme: string;
  /** Between the colon and the first `?`, percent-decoded; may be empty, relative, or begin with slashes. */
  readonly path: string;
  readonly query: URLSearchParams;
}

const longest = 2048;
const shape = /^([a-z][a-z0-9-]{0,63}):([^?]*)(?:\?(.*))?$/s;
const blankOrControl = /[\s\p{Cc}]/u;
const brokenEscape = /%(?![0-9A-Fa-f]{2})/;

/**
 * Takes a source's URI apart. Not a URL: `file:./secrets` has no base to be relative to.
 *
 * @throws SecretsError `invalid-options`. Nothing of the text stands in the message: it may hold credentials, or be a
 *   secret that was put into the wrong variable.
 */
export function parseSourceUri(text: unknown): SourceUri {
  if (typeof text !== "string" || text === "")
    return wrong("It is empty, or no text: is its variable set? It looks like `env:` or `file:./secrets`.");
  if (text.length > longest) return wrong(`It has more than ${longest} characters.`);
  if (blankOrControl.test(text)) return wrong("It holds a blank or a control character: write a blank as %20.");
  if (text.includes("#")) return wrong("It holds a `#`, which means nothing here: write it as %23.");
  const parts = shape.exec(text);
  if (parts === null) {
    return wrong("It must begin with a scheme of lower-case letters and a colon, such as `env:` or `file:./secrets`.");
  }
  const path = decoded(parts[2] ?? "");
  const query = parts[3] ?? "";
  decoded(query);
  return { scheme: parts[1] ?? "", path, query: new URLSearchParams(query) };
}

function decoded(text: string): string {
  try {
    const plain = brokenEscape.test(text) ? undefined : decodeURIComponent(text);
    if (plain?.isWellFormed() && !plain.includes("\0")) return plain;
  } catch {
    // Escapes that are no UTF-8.
  }
  return wrong("It holds a broken percent escape: write a plain percent sign as %25.");
}

function wrong(what: string): never {
  return invalidOptions(`The source URI cannot be read. ${what}`);
}
