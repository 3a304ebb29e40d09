import type { AwsCredentials } from "./aws-credentials.ts";
import type { AwsOptions } from "./aws-options.ts";
import type { ClientAgents } from "./client-agents.ts";
import { collectAnswer } from "./collect-answer.ts";
import { awsDefaults } from "./defaults.ts";
import { givenCredentials } from "./given-credentials.ts";

type Defined<T> = { -readonly [K in keyof T]?: Exclude<T[K], undefined> };
type Credentials = Pick<AwsCredentials, "accessKeyId" | "secretAccessKey"> & Defined<AwsCredentials>;

/** The SDK's configuration for a client that we make. */
export function clientConfig(
  { credentials, ...options }: AwsOptions,
  region: string | undefined,
  agents: ClientAgents,
) {
  const signer = typeof credentials === "object" ? (defined(credentials) as Credentials) : asProvider(credentials);
  return {
    ...defined(options),
    ...(region !== undefined && { region }),
    ...(signer !== undefined && { credentials: signer }),
    // One retry loop is enough, and it is core's.
    maxAttempts: awsDefaults.sdkAttempts,
    streamCollector: collectAnswer,
    requestHandler: agents,
  };
}

function asProvider(credentials: (() => Promise<AwsCredentials>) | undefined) {
  return credentials && (async () => defined(await givenCredentials(credentials)) as Credentials);
}

/** A member that is there and undefined would take the place of what the SDK finds itself. */
function defined<T extends object>(given: T): Defined<T> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Defined<T>;
}
