import { invalidOptions } from "./invalid-options.ts";

const longest = 2048;

/**
 * The query parameters of a source's URI, such as `aws-secrets-manager:?region=eu-west-1`.
 *
 * @throws SecretsError `invalid-options`. Nothing of the text stands in the message: it may hold a secret that was put into
 *   the wrong variable.
 */
export function uriOptions<Key extends string>(
  text: unknown,
  scheme: string,
  known: readonly Key[],
): Partial<Record<Key, string>> {
  const form = `It is written \`${scheme}:\` or \`${scheme}:?region=eu-west-1\`; parameters are ${known.join(", ")}.`;
  if (typeof text !== "string" || text.length > longest || !text.startsWith(`${scheme}:`)) return invalidOptions(form);
  const rest = text.slice(scheme.length + 1);
  if (rest !== "" && !/^\?[\x21-\x22\x24-\x7e]*$/.test(rest)) return invalidOptions(form);
  const options: Partial<Record<Key, string>> = {};
  for (const [name, value] of new URLSearchParams(rest)) {
    const key = known.find((one) => one === name);
    if (key === undefined || options[key] !== undefined) return invalidOptions(form);
    options[key] = value;
  }
  return options;
}
