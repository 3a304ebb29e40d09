import type { SourceFailure } from "@secretsource/core/source";
import { untilAborted } from "@secretsource/core/source-kit";
import { gcpDefaults } from "./defaults.ts";
import { type GcpMethod, gcpCalls } from "./gcp-call.ts";
import { gcpFailure } from "./gcp-failures.ts";
import { hasNoConnection } from "./has-no-connection.ts";
import { isFailure } from "./is-failure.ts";
import { projectPattern } from "./resource-patterns.ts";
import type { SecretManagerClients } from "./secret-manager-clients.ts";
import type {
  AccessedVersion,
  SecretFacts,
  SecretManagerCallOptions,
  SecretManagerMethods,
  SecretVersionFacts,
} from "./secret-manager-methods.ts";
import { resourceNameOf, type SecretPath, secretPathOf } from "./secret-path.ts";
import { withResource } from "./with-resource.ts";

export interface ListedVersions {
  readonly versions: readonly SecretVersionFacts[];
  readonly nextPageToken: string | undefined;
}

export interface ListOptions {
  readonly pageSize: number;
  readonly pageToken?: string | undefined;
  readonly enabledOnly: boolean;
}

/** It has no connection, and will not try at once to get one; or its credentials are not accepted. */
type Uselessness = "no-connection" | "no-credentials";

/** The requests about one secret, all on one client. A failure that is known is returned; an abort is thrown. */
export class SecretRequests {
  readonly path: SecretPath;
  /** Its resource name. */
  readonly parent: string;
  readonly #methods: SecretManagerMethods;
  readonly #signal: AbortSignal;
  readonly #onUseless: (why: Uselessness) => void;

  /** @param onUseless Told that the client is of no further use. */
  constructor(
    methods: SecretManagerMethods,
    path: SecretPath,
    project: string,
    signal: AbortSignal,
    onUseless: (why: Uselessness) => void,
  ) {
    this.path = path;
    this.parent = resourceNameOf(path, project);
    this.#methods = methods;
    this.#signal = signal;
    this.#onUseless = onUseless;
  }

  /** @param part Of the version's resource name: a number, an alias or `latest`. */
  async access(part: string): Promise<AccessedVersion | SourceFailure> {
    const name = `${this.parent}/versions/${part}`;
    const answer = await this.#call("accessSecretVersion", name, part !== "latest", (options) =>
      this.#methods.accessSecretVersion({ name }, options),
    );
    return isFailure(answer) ? answer : answer[0];
  }

  async version(part: string): Promise<SecretVersionFacts | SourceFailure> {
    const name = `${this.parent}/versions/${part}`;
    const answer = await this.#call("getSecretVersion", name, part !== "latest", (options) =>
      this.#methods.getSecretVersion({ name }, options),
    );
    return isFailure(answer) ? answer : answer[0];
  }

  /** One page, the newest first. */
  async list({ pageSize, pageToken, enabledOnly }: ListOptions): Promise<ListedVersions | SourceFailure> {
    const request = {
      parent: this.parent,
      pageSize,
      ...(pageToken !== undefined && { pageToken }),
      ...(enabledOnly && { filter: "state:ENABLED" }),
    };
    const answer = await this.#call("listSecretVersions", this.parent, false, (options) =>
      this.#methods.listSecretVersions(request, options),
    );
    if (isFailure(answer)) return answer;
    const [versions, , page] = answer;
    return { versions, nextPageToken: page?.nextPageToken || undefined };
  }

  async secret(): Promise<SecretFacts | SourceFailure> {
    const answer = await this.#call("getSecret", this.parent, false, (options) =>
      this.#methods.getSecret({ name: this.parent }, options),
    );
    return isFailure(answer) ? answer : answer[0];
  }

  async #call<T extends readonly unknown[]>(
    method: GcpMethod,
    resource: string,
    ofOneVersion: boolean,
    send: (options: SecretManagerCallOptions) => Promise<T>,
  ): Promise<T | SourceFailure> {
    const signal = this.#signal;
    signal.throwIfAborted();
    try {
      return await send({ signal, timeout: gcpDefaults.callMs, retry: null, autoPaginate: false });
    } catch (error) {
      if (hasNoConnection(error)) this.#onUseless("no-connection");
      signal.throwIfAborted();
      const failure = gcpFailure(error, { ...gcpCalls[method], ofOneVersion });
      if (failure === undefined) throw error;
      if (failure.failure === "unauthenticated") this.#onUseless("no-credentials");
      return withResource(failure, resource);
    }
  }
}

/** Finds the project and the client of a name. */
export async function secretRequestsFor(
  clients: SecretManagerClients,
  name: string,
  location: string | undefined,
  signal: AbortSignal,
): Promise<SecretRequests | SourceFailure> {
  const path = secretPathOf(name);
  if (isFailure(path)) return path;
  signal.throwIfAborted();
  const project = path.project ?? clients.knownProject ?? (await untilAborted(signal, () => clients.projectId()));
  if (isFailure(project)) return project;
  if (!projectPattern.test(project)) return illegalProject;
  const placed = path.project === undefined ? { ...path, project, location } : path;
  const at = placed.location;
  const methods = clients.readyAt(at) ?? (await untilAborted(signal, () => clients.of(at, project)));
  if (isFailure(methods)) return methods;
  return new SecretRequests(methods, placed, project, signal, (why) => {
    if (why === "no-connection") clients.drop(methods);
    else clients.lookAnew(methods);
  });
}

const illegalProject: SourceFailure = {
  failure: "invalid-request",
  advice:
    "What GOOGLE_CLOUD_PROJECT, GCLOUD_PROJECT or the credentials say is no project's id or number: set `projectId`.",
};
