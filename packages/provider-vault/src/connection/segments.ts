import { invalidOptions } from "@secretsource/core/source-kit";

/**
 * The segments of a mount or of a prefix that a user wrote with slashes.
 *
 * @throws SecretsError `invalid-options`
 */
export function segmentsOf(path: string): string[] {
  const segments = path.split("/").filter((segment) => segment !== "");
  const problem = segments.length === 0 ? undefined : pathProblem(segments.join("/"));
  return problem === undefined ? segments : invalidOptions(`This cannot be a mount or a prefix. ${problem}`);
}

// As the server's own check (Go's `unicode.IsPrint`): letters, marks, numbers, punctuation, symbols and the plain blank.
// Written by what it refuses, whose classes the engine has looked up in a fifth of the time. As a literal they would be
// looked up while the file is parsed, by every program that imports this library.
const refused = String.raw`[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}`;
let unprintable: RegExp | undefined;

/** Why a name cannot be a path below a mount; undefined where it can. */
export function pathProblem(name: string): string | undefined {
  const segments = name.split("/");
  if (segments.some((segment) => segment === ""))
    return "A path has no empty part: no slash at an end, nor two together.";
  // A URL drops these two, also when they are escaped.
  if (segments.some((segment) => segment === "." || segment === "..")) return "No part of a path is called . or ..";
  unprintable ??= new RegExp(refused, "u");
  if (unprintable.test(name)) return "The server takes printable characters and plain blanks alone.";
  return undefined;
}
