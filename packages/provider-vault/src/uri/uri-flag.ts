import { invalidOptions } from "@secretsource/core/source-kit";

/** True or false as a query parameter; undefined stays undefined. @throws SecretsError `invalid-options` */
export function uriFlag(text: string | undefined, what: string): boolean | undefined {
  if (text === undefined) return undefined;
  if (text === "true" || text === "false") return text === "true";
  return invalidOptions(`${what} is true or false.`);
}
