import type { SourceFailure } from "@secretsource/core/source";
import { withSlash } from "./parameter-name.ts";

const pathPattern = /^\/$|^(?:\/[A-Za-z0-9_.-]+){1,15}\/$/;

/** No parameter's name ends in a slash; a tree's does. */
export function isTree(name: string): boolean {
  return name.endsWith("/");
}

/** The path as GetParametersByPath takes it. */
export function treePathOf(name: string): string | SourceFailure {
  const path = withSlash(name);
  if (!pathPattern.test(path) || path.length > 1011) return illegalPath;
  return path === "/" ? path : path.slice(0, -1);
}

const illegalPath: SourceFailure = {
  failure: "invalid-request",
  advice: "A tree's name is a path of at most 15 levels, of letters, digits and _.- alone, with a slash at its end.",
};
