import { randomUUID } from "node:crypto";
import {
  type CertificateAuthority,
  type FaultyServer,
  jsonAnswer,
  startWireServer,
  type WireAnswer,
  type WireRequest,
} from "@secretsource/conformance/wire";
import type { FakeEntra } from "./fake-entra.ts";
import { tenant } from "./fake-entra.ts";
import { claimsOf } from "./fake-token.ts";
import { type NewVersion, newVersion, shownWithoutValue, type Version } from "./vault-versions.ts";

// What the service does, as documented in https://learn.microsoft.com/rest/api/keyvault/secrets/ (in brackets: the page).

/** `deleted` is `get` in an access policy, and `readMetadata` in a role (get-deleted-secret); here it can be denied by itself. */
export type Permission = "get" | "list" | "deleted";
type Denial = "ForbiddenByRbac" | "ForbiddenByPolicy" | "ForbiddenByFirewall" | "ForbiddenByConnection";

/** https://openid.net/specs/openid-connect-core-1_0.html#ClaimsParameter */
interface ClaimsRequest {
  readonly access_token?: Readonly<Record<string, unknown>>;
}

export interface VaultName {
  readonly name?: string;
  readonly suffix?: string;
}

/** Key Vault on the wire, with what its administrator does as methods. */
export class FakeKeyVault {
  readonly #secrets = new Map<string, Version[]>();
  readonly #deleted = new Map<string, Version[]>();
  readonly #denied = new Map<string, Denial>();
  readonly #entra: FakeEntra;
  /** What the names of its cloud's vaults end with, and tokens are for. */
  readonly #suffix: string;
  #server: FaultyServer | undefined;
  // In the past, and a second apart: the service keeps whole seconds, and a test is faster than that.
  #created = Math.floor(Date.now() / 1000) - 10_000;
  /** How far the service's clock is ahead. */
  clockAheadMs = 0;
  /** The claims that tokens must have, as a policy of continuous access evaluation asks for. */
  demandedClaims: string | undefined;
  pageSize = 25;
  /** Tokens that are not accepted any more, before their end. */
  readonly revoked = new Set<string>();
  /** No token is accepted: not one that has just been issued either. */
  refusesAll = false;

  private constructor(entra: FakeEntra, suffix: string) {
    this.#entra = entra;
    this.#suffix = suffix;
  }

  static async start(
    authority: CertificateAuthority,
    entra: FakeEntra,
    { name = "myapp", suffix = "vault.azure.net" }: VaultName = {},
  ): Promise<FakeKeyVault> {
    const fake = new FakeKeyVault(entra, suffix);
    const tls = await authority.issue({ hosts: [`*.${suffix}`, "localhost", "127.0.0.1"] });
    const hostName = `${name}.${suffix}`;
    fake.#server = await startWireServer((request) => fake.#answer(request), { tls, hostName });
    return fake;
  }

  get server(): FaultyServer {
    return this.#server as FaultyServer;
  }

  /** Always a new version, which is then the current one (set-secret). */
  set(name: string, value: string, given: NewVersion = {}): string {
    // 25 kB (https://learn.microsoft.com/azure/key-vault/secrets/about-secrets).
    if (Buffer.byteLength(value) > 25_600) throw new Error("BadParameter");
    this.#created += 1;
    const version = newVersion(value, given.created ?? this.#created, given);
    const key = name.toLowerCase();
    this.#secrets.set(key, [...(this.#secrets.get(key) ?? []), version]);
    return version.id;
  }

  /** The value of the version before the current one. */
  previousValue(name: string): Version {
    return this.#secrets.get(name.toLowerCase())?.at(-2) as Version;
  }

  disable(name: string, id?: string): void {
    const versions = this.#secrets.get(name.toLowerCase()) ?? [];
    const version = id === undefined ? versions.at(-1) : versions.find((one) => one.id === id);
    (version as Version).enabled = false;
  }

  /** With soft delete, which cannot be turned off any more: it is kept for recovery (delete-secret). */
  remove(name: string): void {
    this.#move(name, this.#secrets, this.#deleted);
  }

  /** All versions come back (recover-deleted-secret). */
  recover(name: string): void {
    this.#move(name, this.#deleted, this.#secrets);
  }

  deny(permission: Permission, name = "*", why: Denial = "ForbiddenByRbac"): void {
    this.#denied.set(`${permission} ${name.toLowerCase()}`, why);
  }

  #move(name: string, from: Map<string, Version[]>, to: Map<string, Version[]>): void {
    const key = name.toLowerCase();
    to.set(key, from.get(key) as Version[]);
    from.delete(key);
  }

  #answer(request: WireRequest): WireAnswer {
    const { method, path, query } = request;
    const challenge = this.#challenge(request);
    if (challenge !== undefined) return challenge;
    // It is required (https://learn.microsoft.com/azure/key-vault/general/common-parameters-and-headers).
    if (!/^(?:7\.[0-6]|20\d\d-\d\d-\d\d)$/.test(query.get("api-version") ?? "")) {
      return failed(400, "BadParameter", "api-version must be specified");
    }
    const [, kind, name = "", version = "", ...more] = decodeURIComponent(path).split("/");
    if (method !== "GET" || more.length > 0) return failed(405, "MethodNotAllowed", "No");
    if (!/^[0-9a-zA-Z-]{1,127}$/.test(name))
      return failed(400, "BadParameter", "The request URI contains an invalid name");
    if (kind === "deletedsecrets") return this.#permitted("deleted", name) ?? this.#getDeleted(name);
    if (kind !== "secrets") return { status: 404 };
    if (version === "versions") return this.#permitted("list", name) ?? this.#list(name, query);
    return this.#permitted("get", name) ?? this.#get(name, version);
  }

  /** Who shows no token that is good is told where there are some (https://learn.microsoft.com/azure/key-vault/general/authentication-requests-and-responses). */
  #challenge({ headers }: WireRequest): WireAnswer | undefined {
    const [, token] = /^Bearer (.+)$/.exec(headers.authorization ?? "") ?? [];
    const problem = token === undefined ? "AKV10000: Request is missing a Bearer or PoP token." : this.#problem(token);
    if (problem === undefined) return undefined;
    const { demandedClaims: claims } = this;
    // https://learn.microsoft.com/entra/identity-platform/claims-challenge
    const insufficient =
      problem === "claims" && claims !== undefined
        ? `, error="insufficient_claims", claims="${Buffer.from(claims).toString("base64")}"`
        : "";
    const where = `authorization="${this.#entra.server.url}/${tenant}"`;
    const challenge =
      insufficient === "" ? `Bearer ${where}, resource="https://${this.#suffix}"` : `Bearer ${where}${insufficient}`;
    return failed(401, "Unauthorized", problem, { headers: { "www-authenticate": challenge } });
  }

  #problem(token: string): string | undefined {
    const claims = claimsOf(token);
    const now = (Date.now() + this.clockAheadMs) / 1000;
    if (claims === undefined) return "AKV10005: Unable to resolve the key used for signature validation.";
    if (claims.iss !== `https://sts.windows.net/${tenant}/`) return "AKV10032: Invalid issuer.";
    if (claims.aud !== `https://${this.#suffix}`) return "AKV10022: Invalid audience.";
    if (this.refusesAll || this.revoked.has(token)) return "AKV10015: The token is not accepted.";
    if (claims.nbf > now || claims.exp <= now) return "AKV10006: Token is not within its valid time range.";
    return meets(claims.xms_claims, this.demandedClaims) ? undefined : "claims";
  }

  /** Denials come before the look at what there is (https://learn.microsoft.com/azure/key-vault/general/rest-error-codes, HTTP 403). */
  #permitted(permission: Permission, name: string): WireAnswer | undefined {
    const why = this.#denied.get(`${permission} ${name.toLowerCase()}`) ?? this.#denied.get(`${permission} *`);
    return why === undefined ? undefined : failed(403, "Forbidden", "Caller is not authorized.", { inner: why });
  }

  /** Without a version the latest (get-secret). */
  #get(name: string, id: string): WireAnswer {
    const versions = this.#secrets.get(name.toLowerCase()) ?? [];
    const version = id === "" ? versions.at(-1) : versions.find((one) => one.id === id);
    if (version === undefined) return notFound(name);
    if (!version.enabled) {
      return failed(403, "Forbidden", "Operation get is not allowed on a disabled secret.", {
        inner: "SecretDisabled",
      });
    }
    return azureAnswer({ value: version.value, ...shownWithoutValue(this.server.url, name, version) });
  }

  /** No values; at most 25 in a page; a secret that is not there has no versions (get-secret-versions). */
  #list(name: string, query: URLSearchParams): WireAnswer {
    const versions = this.#secrets.get(name.toLowerCase()) ?? [];
    const start = Number(query.get("$skiptoken") ?? 0);
    const end = start + Math.min(this.pageSize, Number(query.get("maxresults") ?? 25));
    const next = `${this.server.url}/secrets/${name}/versions?api-version=${query.get("api-version")}&$skiptoken=${end}`;
    return azureAnswer({
      // In no order that is promised.
      value: versions.slice(start, end).map((version) => shownWithoutValue(this.server.url, name, version)),
      nextLink: end < versions.length ? next : null,
    });
  }

  /** Without the value (get-deleted-secret). */
  #getDeleted(name: string): WireAnswer {
    const version = this.#deleted.get(name.toLowerCase())?.at(-1);
    if (version === undefined) return notFound(name);
    const recoveryId = `${this.server.url}/deletedsecrets/${name}`;
    const deletedDate = Math.floor(Date.now() / 1000);
    return azureAnswer({ recoveryId, deletedDate, ...shownWithoutValue(this.server.url, name, version) });
  }
}

/** A client adds its own capabilities to the claims that it asks for. */
function meets(asked = "{}", demanded = "{}"): boolean {
  const own = (JSON.parse(asked) as ClaimsRequest).access_token ?? {};
  const wanted = Object.entries((JSON.parse(demanded) as ClaimsRequest).access_token ?? {});
  return wanted.every(([name, value]) => JSON.stringify(own[name]) === JSON.stringify(value));
}

function notFound(name: string): WireAnswer {
  return failed(404, "SecretNotFound", `A secret with (name/id) ${name} was not found in this key vault.`);
}

/** The form of errors (https://learn.microsoft.com/rest/api/keyvault/secrets/get-secret/get-secret#error). */
export function failed(
  status: number,
  code: string,
  message: string,
  { inner, headers = {} }: { inner?: string; headers?: Record<string, string> } = {},
): WireAnswer {
  const error = { code, message, ...(inner !== undefined && { innererror: { code: inner } }) };
  return azureAnswer({ error }, status, headers);
}

function azureAnswer(value: object, status = 200, headers: Record<string, string> = {}): WireAnswer {
  return jsonAnswer(value, { status, headers: { "x-ms-request-id": randomUUID(), ...headers } });
}
