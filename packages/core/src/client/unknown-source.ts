import { SecretsError } from "../errors/secrets-error.ts";

/** @param asked What the caller gave; undefined where there is no default either. */
export function unknownSource(names: Iterable<string>, asked: string | undefined): SecretsError {
  const all = [...names].join(", ");
  const advice =
    asked === undefined
      ? `No \`source\` is named, and the instance has no \`default\`: give it one, or each call a \`source\`: one of ${all}.`
      : `\`source\` must be one of ${all}.`;
  return new SecretsError({ code: "invalid-options", advice });
}
