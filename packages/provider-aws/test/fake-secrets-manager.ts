import { randomUUID } from "node:crypto";
import { failWith, type JsonRequest, JsonService } from "./json-service.ts";

// What the service does, as documented in
// https://docs.aws.amazon.com/secretsmanager/latest/apireference/ (below: the page of the operation), or as others saw it.

interface Version {
  readonly id: string;
  readonly payload: string | Uint8Array;
  readonly stages: Set<string>;
  readonly createdAt: number;
}

interface Secret {
  readonly name: string;
  readonly arn: string;
  readonly versions: Version[];
  deletedAt?: number;
}

const account = "123456789012";
const region = "eu-west-1";
const endings = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/** Secrets Manager on the wire (JSON 1.1), with what its administrator does as methods. */
export class FakeSecretsManager {
  readonly service: JsonService;
  readonly #secrets = new Map<string, Secret>();
  readonly #denied = new Set<string>();

  constructor() {
    this.service = new JsonService("secretsmanager", {
      GetSecretValue: (request) => this.#getSecretValue(request),
    });
  }

  /** PutSecretValue and CreateSecret: AWSCURRENT moves to the new version, and AWSPREVIOUS to the one before (API_PutSecretValue). */
  put(name: string, payload: string | Uint8Array): string {
    const secret = this.#secrets.get(name) ?? this.#create(name);
    const version = this.#add(secret, payload);
    this.#moveCurrent(secret, version);
    return version.id;
  }

  /** PutSecretValue with VersionStages [AWSPENDING]. */
  stage(name: string, payload: string | Uint8Array): string {
    const secret = this.#secrets.get(name) ?? this.#create(name);
    const version = this.#add(secret, payload);
    move(secret, "AWSPENDING", version);
    return version.id;
  }

  /** What a rotation function does last: AWSCURRENT moves to the pending version, which keeps AWSPENDING (API_RotateSecret). */
  promote(name: string): void {
    const secret = this.#known(name);
    this.#moveCurrent(
      secret,
      versionWith(secret, "AWSPENDING") ?? failWith("InvalidRequestException", "Nothing pending"),
    );
  }

  rollBack(name: string): void {
    const secret = this.#known(name);
    this.#moveCurrent(
      secret,
      versionWith(secret, "AWSPREVIOUS") ?? failWith("InvalidRequestException", "Nothing before"),
    );
  }

  /** UpdateSecretVersionStage: a label is at one version only. */
  label(name: string, label: string, id: string): void {
    const secret = this.#known(name);
    const version = secret.versions.find((one) => one.id === id);
    move(
      secret,
      label,
      version ?? failWith("ResourceNotFoundException", "Secrets Manager can't find the specified version."),
    );
  }

  /** DeleteSecret: for the time of its recovery window it is there and cannot be read (API_DeleteSecret). */
  remove(name: string): void {
    this.#known(name).deletedAt = Date.now();
  }

  deny(name: string): void {
    this.#denied.add(name);
  }

  arnOf(name: string): string {
    return this.#known(name).arn;
  }

  #known(name: string): Secret {
    return this.#secrets.get(name) ?? failWith("ResourceNotFoundException", cannotFind);
  }

  #create(name: string): Secret {
    const ending = Array.from({ length: 6 }, () => endings[Math.floor(Math.random() * endings.length)]).join("");
    const secret: Secret = {
      name,
      arn: `arn:aws:secretsmanager:${region}:${account}:secret:${name}-${ending}`,
      versions: [],
    };
    this.#secrets.set(name, secret);
    return secret;
  }

  #add(secret: Secret, payload: string | Uint8Array): Version {
    // A quota: 65,536 bytes of a value (reference_limits).
    if (Buffer.byteLength(payload) > 65_536) failWith("InvalidParameterException", "The secret is too large.");
    const version: Version = { id: randomUUID(), payload, stages: new Set(), createdAt: Date.now() };
    secret.versions.push(version);
    return version;
  }

  #moveCurrent(secret: Secret, version: Version): void {
    const before = versionWith(secret, "AWSCURRENT");
    if (before !== undefined) move(secret, "AWSPREVIOUS", before);
    move(secret, "AWSCURRENT", version);
    version.stages.delete("AWSPREVIOUS");
  }

  /** A name, a full ARN, or an ARN without its ending, which is looked for as a beginning (API_GetSecretValue, SecretId). */
  #find(id: string): Secret | undefined {
    const byName = this.#secrets.get(id);
    if (byName !== undefined) return byName;
    return [...this.#secrets.values()].find(({ arn, name }) => {
      if (arn === id || arn.slice(0, -7) === id) return true;
      // "If your secret name ends in a hyphen and six characters, it may be taken for the end of an ARN" (API_CreateSecret).
      return arn.endsWith(`:secret:${id}`) && id.startsWith(`${name}-`);
    });
  }

  #getSecretValue({ input }: JsonRequest): object {
    const { SecretId, VersionId, VersionStage } = input as Readonly<Record<string, string | undefined>>;
    if (SecretId === undefined || SecretId === "" || SecretId.length > 2048) {
      return failWith("InvalidParameterException", "Invalid SecretId");
    }
    // 32 to 64 characters (API_GetSecretValue, VersionId).
    if (VersionId !== undefined && (VersionId.length < 32 || VersionId.length > 64)) {
      return failWith("InvalidParameterException", "Invalid VersionId");
    }
    const secret = this.#find(SecretId);
    const name = secret?.name ?? SecretId;
    if (this.#denied.has(name)) {
      // The form of denials: https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
      return failWith(
        "AccessDeniedException",
        `User: arn:aws:sts::${account}:assumed-role/app/i-1 is not authorized to perform: secretsmanager:GetSecretValue on resource: ${SecretId} because no identity-based policy allows the secretsmanager:GetSecretValue action`,
      );
    }
    if (secret === undefined) return failWith("ResourceNotFoundException", cannotFind);
    if (secret.deletedAt !== undefined) {
      return failWith(
        "InvalidRequestException",
        "You can't perform this operation on the secret because it was marked for deletion.",
      );
    }
    // Without either, AWSCURRENT; with both, they must name the same version (API_GetSecretValue).
    const stage = VersionStage ?? (VersionId === undefined ? "AWSCURRENT" : undefined);
    const version = secret.versions.find(
      ({ id, stages }) => (VersionId === undefined || id === VersionId) && (stage === undefined || stages.has(stage)),
    );
    if (version === undefined) {
      const what = VersionId === undefined ? `staging label: ${stage}` : `VersionId: ${VersionId}`;
      return failWith("ResourceNotFoundException", `Secrets Manager can't find the specified secret value for ${what}`);
    }
    return shown(secret, version);
  }
}

const cannotFind = "Secrets Manager can't find the specified secret.";

function shown({ name, arn }: Secret, { id, payload, stages, createdAt }: Version): object {
  return {
    ARN: arn,
    Name: name,
    VersionId: id,
    // The one that was put (API_GetSecretValue); bytes are base64 on the wire.
    ...(typeof payload === "string"
      ? { SecretString: payload }
      : { SecretBinary: Buffer.from(payload).toString("base64") }),
    VersionStages: [...stages],
    // Seconds since the epoch.
    CreatedDate: createdAt / 1000,
  };
}

function versionWith({ versions }: Secret, label: string): Version | undefined {
  return versions.find(({ stages }) => stages.has(label));
}

function move({ versions }: Secret, label: string, to: Version): void {
  for (const { stages } of versions) stages.delete(label);
  to.stages.add(label);
}
