import { invalidOptions } from "@secretsource/core/source-kit";
import { type AwsCredentials, areCredentials } from "./aws-credentials.ts";
import { checkedEndpoint } from "./checked-endpoint.ts";
import { isRegion } from "./is-region.ts";

/** What the sources of AWS have in common. Names and meaning are the SDK's; what is left away, the SDK's own chain finds. */
export interface AwsOptions {
  /** Default: `AWS_REGION`, then the profile. */
  readonly region?: string | undefined;
  /** An emulator's or a VPC endpoint's URL, for every region. Default: `AWS_ENDPOINT_URL_<SERVICE>`, `AWS_ENDPOINT_URL`, then the region's own. Over plain HTTP from another machine, one warning says that secrets travel in clear text. */
  readonly endpoint?: string | undefined;
  /** Credentials, or a function that gets them. Default: the SDK's chain (environment, profile, SSO, web identity, container, instance). */
  readonly credentials?: AwsCredentials | (() => Promise<AwsCredentials>) | undefined;
  /** The profile of the shared configuration files, for keys, region and `endpoint_url`. Default: `AWS_PROFILE`, then `default`. */
  readonly profile?: string | undefined;
  /** Default: `AWS_USE_FIPS_ENDPOINT`, then false. */
  readonly useFipsEndpoint?: boolean | undefined;
  /** Default: `AWS_USE_DUALSTACK_ENDPOINT`, then false. */
  readonly useDualstackEndpoint?: boolean | undefined;
}

export const awsOptionNames = [
  "region",
  "endpoint",
  "credentials",
  "profile",
  "useFipsEndpoint",
  "useDualstackEndpoint",
] as const satisfies readonly (keyof AwsOptions)[];

/** @throws SecretsError `invalid-options`; it quotes nothing of what was given. */
export function checkedAwsOptions(given: Readonly<Record<string, unknown>>, factory: string): AwsOptions {
  const { region, endpoint, credentials, profile, useFipsEndpoint, useDualstackEndpoint } = given;
  if (region !== undefined && !(typeof region === "string" && isRegion(region))) {
    return invalidOptions(`\`region\` of ${factory} must be a region's name, such as "eu-west-1".`);
  }
  if (profile !== undefined && !(typeof profile === "string" && profile !== "")) {
    return invalidOptions(`\`profile\` of ${factory} must be the name of a profile.`);
  }
  for (const [name, flag] of Object.entries({ useFipsEndpoint, useDualstackEndpoint })) {
    if (flag !== undefined && typeof flag !== "boolean") {
      return invalidOptions(`\`${name}\` of ${factory} must be true or false.`);
    }
  }
  if (credentials !== undefined && typeof credentials !== "function" && !areCredentials(credentials)) {
    return invalidOptions(
      `\`credentials\` of ${factory} must be a function that gets them, or have \`accessKeyId\` and \`secretAccessKey\`.`,
    );
  }
  return {
    region,
    endpoint: endpoint === undefined ? undefined : checkedEndpoint(endpoint, factory),
    credentials: credentials as AwsOptions["credentials"],
    profile,
    useFipsEndpoint: useFipsEndpoint as boolean | undefined,
    useDualstackEndpoint: useDualstackEndpoint as boolean | undefined,
  };
}
