import type { createHmac, Hash, Hmac } from "node:crypto";
import type { SourceFailure } from "@secretsource/core/source";

export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

export interface SignedCall {
  readonly url: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

interface ToSign {
  readonly endpoint: URL;
  readonly region: string;
  readonly serverId: string | undefined;
  readonly credentials: AwsCredentials;
}

const body = "Action=GetCallerIdentity&Version=2011-06-15";

/** A request to AWS that says who signed it, and can do nothing else. */
export async function signCallerIdentity({
  endpoint,
  region,
  serverId,
  credentials,
}: ToSign): Promise<SignedCall | SourceFailure> {
  const sdk = await import("./signature-sdk.ts").catch(() => undefined);
  const SignatureV4 = await sdk?.signatureV4();
  if (SignatureV4 === undefined) {
    return { failure: "unauthenticated", advice: "awsIam() needs a package more: npm install @smithy/signature-v4." };
  }
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  const signer = new SignatureV4({
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) },
    region,
    service: "sts",
    sha256: Sha256,
    // A header that the server would have to be told to allow.
    applyChecksum: false,
  });
  const headers = {
    host: endpoint.host,
    "content-type": "application/x-www-form-urlencoded; charset=utf-8",
    "content-length": String(body.length),
    ...(serverId !== undefined && { "x-vault-aws-iam-server-id": serverId }),
  };
  try {
    const signed = await signer.sign({
      method: "POST",
      protocol: endpoint.protocol,
      hostname: endpoint.hostname,
      path: "/",
      headers,
      body,
    });
    return { url: `${endpoint.origin}/`, body, headers: signed.headers };
  } catch {
    return { failure: "unauthenticated", advice: "The AWS credentials cannot sign: are they complete?" };
  }
}

/** The hash that the signer is given, by Node's own. */
class Sha256 {
  readonly #key: Parameters<typeof createHmac>[1] | undefined;
  #hash: Hash | Hmac;

  constructor(key?: unknown) {
    this.#key = key as Parameters<typeof createHmac>[1] | undefined;
    this.#hash = this.#begin();
  }

  update(data: unknown): void {
    this.#hash.update(data as Parameters<Hash["update"]>[0]);
  }

  async digest(): Promise<Uint8Array> {
    return Uint8Array.from(this.#hash.digest());
  }

  reset(): void {
    this.#hash = this.#begin();
  }

  #begin(): Hash | Hmac {
    const { createHash, createHmac } = process.getBuiltinModule("node:crypto");
    return this.#key === undefined ? createHash("sha256") : createHmac("sha256", this.#key);
  }
}
