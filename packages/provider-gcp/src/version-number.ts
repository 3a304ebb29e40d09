import type { SecretPath } from "./secret-path.ts";

const versionName = /^projects\/([^/]+)(?:\/locations\/([^/]+))?\/secrets\/([^/]+)\/versions\/([1-9]\d{0,17})$/;

const isNumber = /^\d+$/;

/** The number in a version's resource name; undefined for a name that is not one of this secret's versions. */
export function versionNumberIn(name: unknown, { project, location, secretId }: SecretPath): string | undefined {
  if (typeof name !== "string") return undefined;
  const [, itsProject = "", itsLocation, itsSecret, number] = versionName.exec(name) ?? [];
  // Of the project the service answers the number, whatever was asked by.
  const isIts = itsProject === project || (isNumber.test(itsProject) && !(project && isNumber.test(project)));
  return isIts && itsLocation === location && itsSecret === secretId ? number : undefined;
}
