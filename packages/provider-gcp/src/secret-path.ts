import type { SourceFailure } from "@secretsource/core/source";
import { locationPattern, projectPattern } from "./resource-patterns.ts";
import { secretIdOf } from "./secret-id.ts";

/** Where a secret is. */
export interface SecretPath {
  /** Undefined where the name does not say it. */
  readonly project: string | undefined;
  /** Of a regional secret. */
  readonly location: string | undefined;
  readonly secretId: string;
}

const idPattern = /^[A-Za-z0-9_-]{1,255}$/;
const fullName = /^projects\/([^/]+)(?:\/locations\/([^/]+))?\/secrets\/([^/]+)$/;

/** A full resource name as it is; any other name by the scheme of `secretIdOf`. */
export function secretPathOf(name: string): SecretPath | SourceFailure {
  if (name.startsWith("projects/")) return fullPathOf(name);
  const secretId = secretIdOf(name);
  return secretId === undefined ? tooLong : { project: undefined, location: undefined, secretId };
}

function fullPathOf(name: string): SecretPath | SourceFailure {
  const [, project = "", location, secretId = ""] = fullName.exec(name) ?? [];
  const isLegal =
    projectPattern.test(project) &&
    (location === undefined || locationPattern.test(location)) &&
    idPattern.test(secretId);
  return isLegal ? { project, location, secretId } : illegalFullName;
}

/** The resource name of the secret, for the service. */
export function resourceNameOf({ location, secretId }: SecretPath, project: string): string {
  return `projects/${project}/${location === undefined ? "" : `locations/${location}/`}secrets/${secretId}`;
}

const tooLong: SourceFailure = {
  failure: "invalid-request",
  advice:
    "As an id of Secret Manager the name would have more than 255 characters; a slash takes two of them, any other foreign byte four.",
};

const illegalFullName: SourceFailure = {
  failure: "invalid-request",
  advice:
    "A name that begins with `projects/` must be a secret's full one, projects/PROJECT/secrets/SECRET or projects/PROJECT/locations/LOCATION/secrets/SECRET. The version goes into the option `version`.",
};
