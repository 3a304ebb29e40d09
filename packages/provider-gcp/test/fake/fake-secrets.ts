import { crc32c } from "../../src/crc32c.ts";
import { secretIdOf } from "../../src/secret-id.ts";
import { RpcError } from "./rpc-error.ts";

// What the service does, as its protos say (google/cloud/secretmanager/v1), and in the words that it is known to answer.

export type State = "ENABLED" | "DISABLED" | "DESTROYED";

interface Version {
  readonly number: number;
  readonly payload: Uint8Array;
  readonly createdAt: number;
  state: State;
}

export interface FakeSecret {
  readonly name: string;
  readonly versions: Version[];
  readonly aliases: Map<string, number>;
  readonly denied: Set<string>;
  labels: Record<string, string>;
  annotations: Record<string, string>;
  nextRotationAt?: number;
  expiresAt?: number;
  destroyDelaySeconds?: number;
}

export type Method = "AccessSecretVersion" | "GetSecretVersion" | "ListSecretVersions" | "GetSecret";

export interface FakeRequest {
  readonly name?: string;
  readonly parent?: string;
  readonly pageSize?: number;
  readonly pageToken?: string;
  readonly filter?: string;
}

export const fakeProject = "test-project";
const projectNumber = "123456789012";

const permissions: Readonly<Record<Method, string>> = {
  AccessSecretVersion: "secretmanager.versions.access",
  GetSecretVersion: "secretmanager.versions.get",
  ListSecretVersions: "secretmanager.versions.list",
  GetSecret: "secretmanager.secrets.get",
};

/** The secrets of one project, with what its administrator does as methods. Names are those of the source. */
export class FakeSecrets {
  readonly #secrets = new Map<string, FakeSecret>();
  /** Taken away in the whole project. */
  readonly denied = new Set<Method>();
  /** A checksum that is not that of the bytes. */
  spoilsChecksum = false;

  /** CreateSecret where it is needed, and AddSecretVersion. @returns the version's number */
  put(name: string, payload: string | Uint8Array, location?: string): string {
    const bytes = typeof payload === "string" ? new TextEncoder().encode(payload) : payload.slice();
    // `SecretPayload.data`: no larger than 64 KiB.
    if (bytes.byteLength > 65_536) throw new RpcError("INVALID_ARGUMENT", "The payload is too large.");
    if (bytes.byteLength === 0) throw new RpcError("INVALID_ARGUMENT", "Secret Payload cannot be empty.");
    const parent = parentOf(name, location);
    const secret = this.#secrets.get(parent) ?? this.#create(parent);
    const number = secret.versions.length + 1;
    secret.versions.push({ number, payload: bytes, createdAt: Date.now(), state: "ENABLED" });
    return String(number);
  }

  setState(name: string, state: State, number?: string): void {
    const { versions } = this.secret(name);
    const version = number === undefined ? versions.at(-1) : versions[Number(number) - 1];
    if (version !== undefined) version.state = state;
  }

  label(name: string, alias: string, number: string): void {
    this.secret(name).aliases.set(alias, Number(number));
  }

  remove(name: string): void {
    this.#secrets.delete(parentOf(name));
  }

  deny(name: string): void {
    for (const permission of Object.values(permissions)) this.secret(name).denied.add(permission);
  }

  secret(name: string): FakeSecret {
    const secret = this.#secrets.get(parentOf(name));
    if (secret === undefined) throw new Error(`The fake has no secret ${name}`);
    return secret;
  }

  answer(method: Method, { name = "", parent = "", ...list }: FakeRequest): object {
    const [, asked = "", part] = /^(.*?\/secrets\/[^/]+)(?:\/versions\/([^/]+))?$/.exec(name || parent) ?? [];
    const permission = permissions[method];
    const secret = this.#secrets.get(asked.replace(projectNumber, fakeProject));
    if (this.denied.has(method) || secret?.denied.has(permission)) {
      const resource = part === undefined ? asked : `${asked}/versions/${part}`;
      throw new RpcError(
        "PERMISSION_DENIED",
        `Permission '${permission}' denied for resource '${resource}' (or it may not exist).`,
        { info: { reason: "IAM_PERMISSION_DENIED", metadata: { permission, resource } } },
      );
    }
    const shown = asked.replace(fakeProject, projectNumber);
    if (secret === undefined)
      throw new RpcError("NOT_FOUND", `Secret [${shown}] not found${part ? " or has no versions" : ""}.`);
    if (method === "GetSecret") return secretShown(secret);
    if (method === "ListSecretVersions") return listed(secret, list);
    const version = versionOf(secret, part ?? "", shown);
    return method === "GetSecretVersion" ? versionShown(secret, version) : this.#accessed(secret, version);
  }

  #accessed(secret: FakeSecret, version: Version): object {
    const { name, state } = versionShown(secret, version);
    if (state !== "ENABLED")
      throw new RpcError("FAILED_PRECONDITION", `Secret Version [${name}] is in ${state} state.`);
    const checksum = crc32c(version.payload) + (this.spoilsChecksum ? 1 : 0);
    return { name, payload: { data: Buffer.from(version.payload), dataCrc32c: String(checksum) } };
  }

  #create(name: string): FakeSecret {
    const secret: FakeSecret = {
      name,
      versions: [],
      aliases: new Map(),
      denied: new Set(),
      labels: {},
      annotations: {},
    };
    this.#secrets.set(name, secret);
    return secret;
  }
}

function parentOf(name: string, location?: string): string {
  if (name.startsWith("projects/")) return name;
  return `projects/${fakeProject}/${location === undefined ? "" : `locations/${location}/`}secrets/${secretIdOf(name)}`;
}

function versionOf({ versions, aliases }: FakeSecret, part: string, shown: string): Version {
  if (versions.length === 0) throw new RpcError("NOT_FOUND", `Secret [${shown}] not found or has no versions.`);
  const number = part === "latest" ? versions.length : (aliases.get(part) ?? Number(part));
  const version = versions[number - 1];
  if (version === undefined) throw new RpcError("NOT_FOUND", `Secret Version [${shown}/versions/${part}] not found.`);
  return version;
}

function versionShown({ name }: FakeSecret, { number, state, createdAt }: Version) {
  return {
    name: `${name.replace(fakeProject, projectNumber)}/versions/${number}`,
    createTime: timestamp(createdAt),
    state,
    etag: `"${number}-${state}"`,
  };
}

/** `ListSecretVersionsResponse`: the newest first; a page size of 0 is the server's to choose. */
function listed(secret: FakeSecret, { pageSize = 0, pageToken = "", filter = "" }: FakeRequest): object {
  const all = secret.versions.toReversed().filter(({ state }) => filter === "" || filter === `state:${state}`);
  const from = Number(pageToken || 0);
  const to = from + (pageSize || 100);
  return {
    versions: all.slice(from, to).map((version) => versionShown(secret, version)),
    nextPageToken: to < all.length ? String(to) : "",
    totalSize: filter === "" ? all.length : 0,
  };
}

function secretShown({
  name,
  labels,
  annotations,
  aliases,
  nextRotationAt,
  expiresAt,
  destroyDelaySeconds,
}: FakeSecret) {
  return {
    name: name.replace(fakeProject, projectNumber),
    replication: { automatic: {} },
    etag: '"1"',
    labels,
    annotations,
    versionAliases: Object.fromEntries([...aliases].map(([alias, number]) => [alias, String(number)])),
    ...(nextRotationAt !== undefined && { rotation: { nextRotationTime: timestamp(nextRotationAt) } }),
    ...(expiresAt !== undefined && { expireTime: timestamp(expiresAt) }),
    ...(destroyDelaySeconds !== undefined && { versionDestroyTtl: { seconds: String(destroyDelaySeconds), nanos: 0 } }),
  };
}

export interface FakeTimestamp {
  readonly seconds: string;
  readonly nanos: number;
}

function timestamp(ms: number): FakeTimestamp {
  return { seconds: String(Math.floor(ms / 1000)), nanos: (ms % 1000) * 1_000_000 };
}
