import { invalidOptions, uriSettings } from "@secretsource/core/source-kit";
import { type AwsOptions, awsOptionNames } from "./aws-options.ts";

type UriOption = Exclude<(typeof awsOptionNames)[number], "credentials">;

const names = awsOptionNames.filter((name): name is UriOption => name !== "credentials");

/** All options but credentials, which belong into no URI. @throws SecretsError `invalid-options` */
export function uriAwsOptions(text: unknown, scheme: string): AwsOptions {
  const { path, settings } = uriSettings(text, scheme, names);
  if (path !== "")
    return invalidOptions(`The \`${scheme}:\` URI has no path: write \`${scheme}:?region=eu-west-1\`, say.`);
  const { useFipsEndpoint, useDualstackEndpoint, ...texts } = settings;
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
