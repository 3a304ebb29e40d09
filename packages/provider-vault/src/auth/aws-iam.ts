import type { SourceFailure } from "@secretsource/core/source";
import { invalidOptions, isNetworkCode, readOptions } from "@secretsource/core/source-kit";
import { segmentsOf } from "../connection/segments.ts";
import { headerTextOr, requiredText, textOr } from "../options/checks.ts";
import { type AwsCredentials, type SignedCall, signCallerIdentity } from "./sign-caller-identity.ts";
import type { VaultLogin } from "./vault-login.ts";

export interface AwsIamOptions {
  /** The role of the method. Default: the name of the IAM role or user. */
  readonly role?: string | undefined;
  /** Where the method is mounted, below `auth/`. Default: `aws`. */
  readonly mount?: string | undefined;
  /** What the method's `iam_server_id_header_value` says, so that the signature is good for no other server. */
  readonly serverId?: string | undefined;
  /**
   * Where the server asks for the identity: its own `sts_endpoint` and `sts_region` have to be the same. Default:
   * `https://sts.amazonaws.com` and `us-east-1`.
   */
  readonly stsEndpoint?: string | undefined;
  readonly region?: string | undefined;
  /** Default: the AWS SDK's chain, from the optional package `@aws-sdk/credential-provider-node`. */
  readonly credentials?: AwsCredentials | (() => Promise<AwsCredentials>) | undefined;
}

const known = ["role", "mount", "serverId", "stsEndpoint", "region", "credentials"] as const;

/**
 * An AWS identity: we sign a `GetCallerIdentity` that the server sends to AWS. Needs the optional package
 * `@smithy/signature-v4`.
 *
 * @throws SecretsError `invalid-options`
 */
export function awsIam(options: AwsIamOptions = {}): VaultLogin {
  const given = readOptions(options, known, "The options of awsIam()");
  const role = textOr(given.role, "`role` of awsIam()");
  const path = ["auth", ...segmentsOf(textOr(given.mount, "`mount` of awsIam()") ?? "aws"), "login"];
  const serverId = headerTextOr(given.serverId, "`serverId` of awsIam()");
  const endpoint = endpointOf(textOr(given.stsEndpoint, "`stsEndpoint` of awsIam()") ?? "https://sts.amazonaws.com");
  const region = requiredText(given.region ?? "us-east-1", "`region` of awsIam()");
  const credentials = credentialsFrom(given.credentials);
  return {
    method: "aws",
    async login({ logIn }) {
      const found = await credentials();
      if ("failure" in found) return found;
      const signed = await signCallerIdentity({ endpoint, region, serverId, credentials: found });
      return "failure" in signed ? signed : logIn(path, { ...(role !== undefined && { role }), ...bodyOf(signed) });
    },
  };
}

function bodyOf({ url, body, headers }: SignedCall): object {
  const base64 = (text: string) => Buffer.from(text, "utf8").toString("base64");
  return {
    iam_http_request_method: "POST",
    iam_request_url: base64(url),
    iam_request_body: base64(body),
    iam_request_headers: base64(JSON.stringify(headers)),
  };
}

function endpointOf(text: string): URL {
  if (URL.canParse(text) && new URL(text).protocol === "https:") return new URL(new URL(text).origin);
  return invalidOptions("`stsEndpoint` of awsIam() must be an https address, such as `https://sts.amazonaws.com`.");
}

type Provide = () => Promise<AwsCredentials | SourceFailure>;

function credentialsFrom(given: unknown): Provide {
  if (given === undefined) return chained;
  if (typeof given === "function") return () => guarded(given as () => Promise<AwsCredentials>);
  if (typeof given === "object" && given !== null) return async () => given as AwsCredentials;
  return invalidOptions("`credentials` of awsIam() must be credentials, or a function that gives them.");
}

let chain: (() => Promise<AwsCredentials>) | undefined;

async function chained(): Promise<AwsCredentials | SourceFailure> {
  const sdk = await import("./credential-chain-sdk.ts").catch(() => undefined);
  const made = await sdk?.credentialChain();
  chain ??= made;
  if (chain === undefined) {
    const advice =
      "awsIam() without `credentials` needs a package more: npm install @aws-sdk/credential-provider-node.";
    return { failure: "unauthenticated", advice };
  }
  return guarded(chain);
}

async function guarded(provide: () => Promise<AwsCredentials>): Promise<AwsCredentials | SourceFailure> {
  try {
    const { accessKeyId, secretAccessKey, sessionToken } = await provide();
    return { accessKeyId, secretAccessKey, sessionToken };
  } catch (error) {
    return hadNoAnswer(error) ? noAnswer : noCredentials;
  }
}

function hadNoAnswer(error: unknown): boolean {
  const { name, code } = (error ?? {}) as { readonly name?: unknown; readonly code?: unknown };
  return name === "TimeoutError" || isNetworkCode(code);
}

const noAnswer: SourceFailure = {
  failure: "unavailable",
  advice:
    "What gives AWS credentials for awsIam() (STS, IAM Identity Center) does not answer: check the network to it.",
};
const noCredentials: SourceFailure = {
  failure: "unauthenticated",
  advice: "There are no AWS credentials for awsIam(): check the role of the machine, pod or function.",
};
