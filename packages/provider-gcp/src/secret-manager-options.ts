import { invalidOptions, readOptions } from "@secretsource/core/source-kit";
import type { GcpAuthClient } from "./auth-client.ts";
import { type Endpoint, endpointOf } from "./endpoint.ts";
import { locationPattern, projectPattern } from "./resource-patterns.ts";
import type { SecretManagerMethods } from "./secret-manager-methods.ts";

export interface GcpSecretManagerOptions {
  /**
   * The project of short names, its id or its number. Default: `GOOGLE_CLOUD_PROJECT`, `GCLOUD_PROJECT`, then what the
   * credentials say.
   */
  readonly projectId?: string | undefined;
  /** Short names are those of regional secrets in this location, such as `"europe-west3"`. Default: global secrets. */
  readonly location?: string | undefined;
  /**
   * `"latest"`: the current version is the one that was added last, and it is `disabled` while that one is. `"enabled"`: it is
   * the newest one that is enabled, so that a bad version is taken back by disabling it; that needs
   * `secretmanager.versions.list` as well. Default: `"latest"`.
   */
  readonly newest?: "latest" | "enabled" | undefined;
  /**
   * True: records tell when the secret is to be rotated and expires, its labels and annotations. Each read then makes two
   * requests, and `secretmanager.secrets.get` is needed. Default: false.
   */
  readonly secretDetails?: boolean | undefined;
  /** `"rest"` is for networks that do not let HTTP/2 through. Default: `"grpc"`. */
  readonly transport?: "grpc" | "rest" | undefined;
  /**
   * An emulator's or a private endpoint's URL, for every location. With `http:` no credentials are looked for. Default: the
   * service's own, `secretmanager.googleapis.com`, or `secretmanager.LOCATION.rep.googleapis.com`.
   */
  readonly endpoint?: string | undefined;
  /** Default: Application Default Credentials. */
  readonly authClient?: GcpAuthClient | undefined;
  /**
   * A client of your own in place of ours: a `SecretManagerServiceClient` of `@google-cloud/secret-manager`, or anything
   * with the methods. It is never closed by us, and asked about every location. Of the other options, `projectId`,
   * `location`, `newest` and `secretDetails` go with it.
   */
  readonly client?: SecretManagerMethods | undefined;
}

/** How our clients connect. */
export interface ConnectionSettings {
  readonly transport: "grpc" | "rest";
  readonly endpoint: Endpoint | undefined;
  readonly authClient: GcpAuthClient | undefined;
}

export interface SecretManagerSettings {
  readonly projectId: string | undefined;
  readonly location: string | undefined;
  readonly newest: "latest" | "enabled";
  readonly secretDetails: boolean;
  readonly connection: ConnectionSettings;
  readonly client: SecretManagerMethods | undefined;
}

const optionNames = [
  "projectId",
  "location",
  "newest",
  "secretDetails",
  "transport",
  "endpoint",
  "authClient",
  "client",
] as const satisfies readonly (keyof GcpSecretManagerOptions)[];

const methods = [
  "accessSecretVersion",
  "getSecretVersion",
  "listSecretVersions",
  "getSecret",
] as const satisfies readonly (keyof SecretManagerMethods)[];

/** @throws SecretsError `invalid-options`; it quotes nothing of what was given. */
export function secretManagerSettings(options: unknown): SecretManagerSettings {
  const given = readOptions(options, optionNames, "The options of gcpSecretManager");
  const { projectId, location, endpoint, authClient, client, secretDetails = false } = given;
  if (projectId !== undefined && !(typeof projectId === "string" && projectPattern.test(projectId))) {
    return wrong("projectId", "must be a project's id or number");
  }
  if (location !== undefined && !(typeof location === "string" && locationPattern.test(location))) {
    return wrong("location", 'must be a location, such as "europe-west3"');
  }
  if (typeof secretDetails !== "boolean") return wrong("secretDetails", "must be true or false");
  if (authClient !== undefined && !hasMethods(authClient, ["getRequestHeaders"])) {
    return wrong("authClient", "must be an AuthClient of google-auth-library, such as `JWT` or `PassThroughClient`");
  }
  if (client !== undefined) {
    if (!hasMethods(client, methods)) {
      return wrong("client", "must be a `SecretManagerServiceClient` of @google-cloud/secret-manager");
    }
    const besides = (["transport", "endpoint", "authClient"] as const).find((name) => given[name] !== undefined);
    if (besides !== undefined) return wrong(besides, "does not go with `client`, which has its own");
  }
  return {
    projectId,
    location,
    newest: oneOf(given.newest ?? "latest", "newest", ["latest", "enabled"]),
    secretDetails,
    connection: {
      transport: oneOf(given.transport ?? "grpc", "transport", ["grpc", "rest"]),
      endpoint: endpoint === undefined ? undefined : endpointOf(endpoint),
      authClient: authClient as GcpAuthClient | undefined,
    },
    client: client as SecretManagerMethods | undefined,
  };
}

function wrong(option: keyof GcpSecretManagerOptions, what: string): never {
  return invalidOptions(`\`${option}\` of gcpSecretManager ${what}.`);
}

function oneOf<Choice extends string>(
  given: unknown,
  option: keyof GcpSecretManagerOptions,
  choices: readonly Choice[],
): Choice {
  return (
    choices.find((choice) => choice === given) ??
    wrong(option, `must be ${choices.map((one) => `"${one}"`).join(" or ")}`)
  );
}

function hasMethods(given: unknown, names: readonly string[]): boolean {
  if (typeof given !== "object" || given === null) return false;
  return names.every((name) => typeof (given as Record<string, unknown>)[name] === "function");
}
