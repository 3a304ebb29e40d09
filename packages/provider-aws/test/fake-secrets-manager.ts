import type { FaultyServer } from "@secretsource/conformance/wire";
import { failWith, type Input, startJsonService } from "./json-service.ts";
import { SecretVersions, type Version } from "./secret-versions.ts";

// What the service does, as documented in https://docs.aws.amazon.com/secretsmanager/latest/apireference/ (in brackets: the
// page), or as others saw it.

interface FakeSecret {
  readonly name: string;
  readonly arn: string;
  readonly versions: SecretVersions;
  deletedAt?: number;
  rotation?: { readonly lastAt: number; readonly nextAt: number };
}

type Strings = Readonly<Record<string, string | undefined>>;

const account = "123456789012";
export const fakeRegion = "eu-west-1";
const endings = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/** Secrets Manager on the wire, with what its administrator does as methods. */
export class FakeSecretsManager {
  readonly #secrets = new Map<string, FakeSecret>();
  readonly #denied = new Set<string>();
  /** What has been asked for permission so far, as IAM knows it. */
  readonly permissions = new Set<string>();
  /** Secrets are encrypted with a key of the account's own: whoever decrypts them needs permission for it. */
  hasOwnKey = false;
  #server: FaultyServer | undefined;

  static async start(): Promise<FakeSecretsManager> {
    const fake = new FakeSecretsManager();
    fake.#server = await startJsonService("secretsmanager", {
      GetSecretValue: (input) => fake.#getSecretValue(input as Strings),
      BatchGetSecretValue: (input) => fake.#batchGetSecretValue(input),
      DescribeSecret: (input) => fake.#describeSecret(input as Strings),
    });
    return fake;
  }

  get server(): FaultyServer {
    return this.#server as FaultyServer;
  }

  /** CreateSecret, or PutSecretValue: AWSCURRENT moves to the new version (API_PutSecretValue). */
  put(name: string, payload: string | Uint8Array): string {
    const { versions } = this.#secrets.get(name) ?? this.#create(name);
    const version = versions.add(payload);
    versions.move("AWSCURRENT", version);
    return version.id;
  }

  /** PutSecretValue with VersionStages [AWSPENDING], as a rotation does first. */
  stage(name: string, payload: string | Uint8Array): string {
    const { versions } = this.#secrets.get(name) ?? this.#create(name);
    const version = versions.add(payload);
    versions.move("AWSPENDING", version);
    return version.id;
  }

  /** UpdateSecretVersionStage. AWSPENDING stays where it is, as a rotation leaves it (API_RotateSecret). */
  moveCurrentTo(name: string, label: "AWSPENDING" | "AWSPREVIOUS"): void {
    const { versions } = this.#known(name);
    versions.move("AWSCURRENT", versions.find(undefined, label));
  }

  label(name: string, label: string, id: string): void {
    const { versions } = this.#known(name);
    versions.move(label, versions.find(id, undefined));
  }

  /** DeleteSecret: for the time of its recovery window it is there and cannot be read (API_DeleteSecret). */
  remove(name: string): void {
    this.#known(name).deletedAt = Date.now();
  }

  rotates(name: string, lastAt: number, nextAt: number): void {
    this.#known(name).rotation = { lastAt, nextAt };
  }

  /** Takes the permission for an action away: of one secret, or of all. */
  deny(action: string, name = "*"): void {
    this.#denied.add(`${action} ${name}`);
  }

  arnOf(name: string): string {
    return this.#known(name).arn;
  }

  #known(name: string): FakeSecret {
    return this.#secrets.get(name) ?? failWith("ResourceNotFoundException", cannotFind);
  }

  #create(name: string): FakeSecret {
    const ending = Array.from({ length: 6 }, () => endings[Math.floor(Math.random() * endings.length)]).join("");
    const arn = `arn:aws:secretsmanager:${fakeRegion}:${account}:secret:${name}-${ending}`;
    const secret: FakeSecret = { name, arn, versions: new SecretVersions() };
    this.#secrets.set(name, secret);
    return secret;
  }

  /** A name, a full ARN, or an ARN without its ending (API_GetSecretValue, SecretId). */
  #find(id: string | undefined): FakeSecret | undefined {
    if (id === undefined || id === "" || id.length > 2048) failWith("InvalidParameterException", "Invalid SecretId");
    const byName = this.#secrets.get(id);
    if (byName !== undefined) return byName;
    return [...this.#secrets.values()].find(({ arn, name }) => {
      if (arn === id || arn.slice(0, -7) === id) return true;
      // A name that ends in a hyphen and six characters may be taken for the end of an ARN (API_CreateSecret, Name).
      return arn.endsWith(`:secret:${id}`) && id.startsWith(`${name}-`);
    });
  }

  /** For operations that need a secret that is there, and permission. Denials come first: who may not read learns nothing. */
  #allowed(action: string, id: string | undefined): FakeSecret {
    this.permissions.add(`secretsmanager:${action}`);
    const secret = this.#find(id);
    const name = secret?.name ?? id;
    if (this.#denied.has(`${action} ${name}`) || this.#denied.has(`${action} *`))
      failWith("AccessDeniedException", denial(action, id));
    return secret ?? failWith("ResourceNotFoundException", cannotFind);
  }

  #getSecretValue({ SecretId, VersionId, VersionStage }: Strings): object {
    // 32 to 64 characters (API_GetSecretValue, VersionId).
    if (VersionId !== undefined && (VersionId.length < 32 || VersionId.length > 64)) {
      failWith("InvalidParameterException", "Invalid VersionId");
    }
    const secret = this.#allowed("GetSecretValue", SecretId);
    if (secret.deletedAt !== undefined) failWith("InvalidRequestException", markedForDeletion);
    const version = secret.versions.find(VersionId, VersionStage);
    this.#decrypt();
    return shown(secret, version);
  }

  /** By KMS, in the caller's name (https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html). */
  #decrypt(): void {
    if (!this.hasOwnKey) return;
    this.permissions.add("kms:Decrypt");
    if (this.#denied.has("Decrypt *")) failWith("AccessDeniedException", "Access to KMS is not allowed");
  }

  /** Current versions alone; errors of single secrets come in a list of their own (API_BatchGetSecretValue). */
  #batchGetSecretValue({ SecretIdList }: Input): object {
    const ids = SecretIdList as readonly string[];
    this.permissions.add("secretsmanager:BatchGetSecretValue");
    if (this.#denied.has("BatchGetSecretValue *"))
      failWith("AccessDeniedException", denial("BatchGetSecretValue", "*"));
    if (ids.length < 1 || ids.length > 20) failWith("InvalidParameterException", "1 to 20 secrets");
    const values: object[] = [];
    const errors: object[] = [];
    for (const id of ids) {
      try {
        values.push(this.#getSecretValue({ SecretId: id }));
      } catch (error) {
        errors.push({ SecretId: id, ...inBatch(error) });
      }
    }
    return { SecretValues: values, Errors: errors };
  }

  /** No value; the labels of versions that have one; dates in seconds since the epoch (API_DescribeSecret). */
  #describeSecret({ SecretId }: Strings): object {
    const { name, arn, versions, rotation, deletedAt } = this.#allowed("DescribeSecret", SecretId);
    const labelled = versions.all.filter(({ labels }) => labels.size > 0);
    return {
      ARN: arn,
      Name: name,
      RotationEnabled: rotation !== undefined,
      ...(rotation && { LastRotatedDate: rotation.lastAt / 1000, NextRotationDate: rotation.nextAt / 1000 }),
      ...(deletedAt !== undefined && { DeletedDate: deletedAt / 1000 }),
      VersionIdsToStages: Object.fromEntries(labelled.map(({ id, labels }) => [id, [...labels]])),
    };
  }
}

const cannotFind = "Secrets Manager can't find the specified secret.";
const markedForDeletion = "You can't perform this operation on the secret because it was marked for deletion.";

/** The form of denials: https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
function denial(action: string, resource = "*"): string {
  const full = `secretsmanager:${action}`;
  return `User: arn:aws:sts::${account}:assumed-role/app/i-1 is not authorized to perform: ${full} on resource: ${resource} because no identity-based policy allows the ${full} action`;
}

function inBatch(error: unknown): object {
  const { answer } = error as { readonly answer: { readonly body: string } };
  const { __type, message } = JSON.parse(answer.body) as { __type: string; message: string };
  return { ErrorCode: __type, Message: message };
}

function shown({ name, arn }: FakeSecret, { id, payload, labels, createdAt }: Version): object {
  return {
    ARN: arn,
    Name: name,
    VersionId: id,
    // The one that was put (API_GetSecretValue); bytes are base64 on the wire.
    ...(typeof payload === "string"
      ? { SecretString: payload }
      : { SecretBinary: Buffer.from(payload).toString("base64") }),
    VersionStages: [...labels],
    CreatedDate: createdAt / 1000,
  };
}
