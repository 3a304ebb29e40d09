import { invalidOptions } from "@secretsource/core/source-kit";
import { type AwsOptions, checkedAwsOptions } from "./aws-options.ts";

/** A client that was handed in, or what ours is made by. */
export type ClientSettings<Methods> =
  | { readonly client: Methods; readonly aws?: undefined }
  | { readonly client?: undefined; readonly aws: AwsOptions };

/** The names by which messages speak of a service. */
interface Service<Methods> {
  readonly factory: string;
  readonly clientClass: string;
  readonly sdk: string;
  readonly methods: readonly (keyof Methods & string)[];
}

/**
 * Either `client`, or the options of ours.
 *
 * @throws SecretsError `invalid-options`
 */
export function clientSettings<Methods extends object>(
  { client, ...options }: Readonly<Record<string, unknown>>,
  { factory, clientClass, sdk, methods }: Service<Methods>,
): ClientSettings<Methods> {
  if (client === undefined) return { aws: checkedAwsOptions(options, factory) };
  const besides = Object.keys(options).find((name) => options[name] !== undefined);
  if (besides !== undefined) {
    return invalidOptions(`\`${besides}\` of ${factory} does not go with \`client\`, which has its own.`);
  }
  if (typeof client !== "object" || client === null || !methods.every((name) => name in client)) {
    return invalidOptions(
      `\`client\` of ${factory} must be a \`${clientClass}\` of ${sdk}: a \`${clientClass}Client\` has no methods.`,
    );
  }
  return { client: client as Methods };
}

/** @throws SecretsError `invalid-options` */
export function checkedFlag(value: unknown, name: string, factory: string): boolean {
  if (value === undefined || typeof value === "boolean") return value ?? false;
  return invalidOptions(`\`${name}\` of ${factory} must be true or false.`);
}
