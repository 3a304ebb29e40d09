import { type AwsOptions, awsOptionNames } from "./aws-options.ts";
import { invalidOptions } from "./invalid-options.ts";
import { uriOptions } from "./uri-options.ts";

type UriOption = Exclude<(typeof awsOptionNames)[number], "credentials">;

const names = awsOptionNames.filter((name): name is UriOption => name !== "credentials");

/** All options but credentials, which belong into no URI. @throws SecretsError `invalid-options` */
export function uriAwsOptions(text: unknown, scheme: string): AwsOptions {
  const { useFipsEndpoint, useDualstackEndpoint, ...texts } = uriOptions(text, scheme, names);
  return {
    ...texts,
    ...(useFipsEndpoint !== undefined && { useFipsEndpoint: flag(useFipsEndpoint, scheme) }),
    ...(useDualstackEndpoint !== undefined && { useDualstackEndpoint: flag(useDualstackEndpoint, scheme) }),
  };
}

function flag(value: string, scheme: string): boolean {
  if (value === "true" || value === "false") return value === "true";
  return invalidOptions(
    `\`useFipsEndpoint\` and \`useDualstackEndpoint\` of the \`${scheme}:\` URI are true or false.`,
  );
}
