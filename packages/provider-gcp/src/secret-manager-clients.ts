import type { SourceFailure } from "@secretsource/core/source";
import { credentialsFailure, credentialsTookTooLong } from "./credentials-failures.ts";
import { gcpDefaults } from "./defaults.ts";
import { KeptAnswer } from "./kept-answer.ts";
import type { OwnClient, OwnClients } from "./own-client.ts";
import type { SecretManagerMethods } from "./secret-manager-methods.ts";
import type { SecretManagerSettings } from "./secret-manager-options.ts";
import { withTimeLimit } from "./with-time-limit.ts";

/** The clients of one source: one, and one more for each location of regional secrets; made when they are first needed. */
export class SecretManagerClients {
  readonly #settings: SecretManagerSettings;
  readonly #make: (projectId: string | undefined) => OwnClients;
  readonly #clients = new Map<string | undefined, OwnClient>();
  /** Those that have found their credentials. */
  readonly #ready = new WeakSet<SecretManagerMethods>();
  /** Since when others look for theirs. */
  readonly #lookingSinceMs = new WeakMap<SecretManagerMethods, number>();
  /** By a search of its own: what makes clients is told the project, and does not look for it again. */
  readonly #project = new KeptAnswer(async () => this.#make(undefined).projectId(), gcpDefaults.longestSearchMs);
  /** What makes clients, by the credentials that were found last. */
  #own: OwnClients | undefined;
  #lookedAnewAtMs = Number.NEGATIVE_INFINITY;
  #closed = false;

  constructor(settings: SecretManagerSettings, make: (projectId: string | undefined) => OwnClients) {
    this.#settings = settings;
    this.#make = make;
  }

  /** One that has found its credentials already, so that nothing has to be waited for. */
  readyAt(location: string | undefined): SecretManagerMethods | undefined {
    const { client, connection } = this.#settings;
    const used = client ?? this.#clients.get(connection.endpoint === undefined ? location : undefined);
    return used !== undefined && this.#ready.has(used) ? used : undefined;
  }

  /** @param projectId Of the name that is asked about. */
  async of(location: string | undefined, projectId: string): Promise<SecretManagerMethods | SourceFailure> {
    const { client, connection } = this.#settings;
    // A client of the user's own, and an endpoint, are there for every location.
    const at = connection.endpoint === undefined ? location : undefined;
    const used = client ?? this.#at(at, projectId);
    try {
      const ready = Promise.resolve(used.initialize?.()).then(() => used);
      const result = await withTimeLimit(ready, gcpDefaults.credentialsMs, credentialsTookTooLong);
      if (result === used) this.#ready.add(used);
      else this.#leave(used, ready);
      return result;
    } catch (error) {
      // It will not look for credentials again: the next read makes another, and looks anew.
      this.#forget(used);
      return withHintFor(client, credentialsFailure(textOf(error)));
    }
  }

  /**
   * Gives up a client whose credentials are not accepted, so that the next read looks for them anew: a file of them may have
   * been replaced, or somebody has logged in. Where they are refused again and again, this happens now and then.
   */
  lookAnew(client: SecretManagerMethods): void {
    if (this.#settings.connection.authClient !== undefined) return;
    const nowMs = performance.now();
    if (nowMs - this.#lookedAnewAtMs < gcpDefaults.renewalGapMs) return;
    this.#lookedAnewAtMs = nowMs;
    this.#forget(client);
  }

  /** What a late search finds is used by the reads after it. One that fails, or hangs, is not asked about again. */
  #leave(client: SecretManagerMethods, search: Promise<unknown>): void {
    search.catch(() => this.#forget(client));
    const nowMs = performance.now();
    const sinceMs = this.#lookingSinceMs.get(client) ?? nowMs - gcpDefaults.credentialsMs;
    this.#lookingSinceMs.set(client, sinceMs);
    if (nowMs - sinceMs > gcpDefaults.longestSearchMs) this.#forget(client);
  }

  #forget(client: SecretManagerMethods): void {
    if (this.drop(client)) this.#own = undefined;
  }

  /** Closes a client that is of no further use, if we made it; the next read makes another. @returns whether it was in use */
  drop(client: SecretManagerMethods): boolean {
    for (const [location, made] of this.#clients) {
      if (made !== client) continue;
      this.#clients.delete(location);
      // What closing it comes to is of no interest any more.
      made.close().catch(() => {});
      return true;
    }
    return false;
  }

  /** The project of short names, as the options or the environment say it. */
  get knownProject(): string | undefined {
    return this.#settings.projectId ?? (process.env.GOOGLE_CLOUD_PROJECT || process.env.GCLOUD_PROJECT || undefined);
  }

  /** The same, as the credentials say it. */
  async projectId(): Promise<string | SourceFailure> {
    const { connection, client } = this.#settings;
    const ofClient = connection.authClient?.projectId;
    if (typeof ofClient === "string" && ofClient !== "") return ofClient;
    // Beyond this, only Application Default Credentials are asked: they alone know.
    if (client !== undefined || connection.authClient !== undefined || connection.endpoint?.isPlain) return noProject;
    try {
      return await withTimeLimit(this.#project.get(), gcpDefaults.credentialsMs, projectTookTooLong);
    } catch {
      return noProject;
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#own?.close();
    await Promise.all(Array.from(this.#clients.values(), (client) => client.close()));
  }

  #at(location: string | undefined, projectId: string): OwnClient {
    const known = this.#clients.get(location);
    if (known !== undefined) return known;
    this.#own ??= this.#make(this.#settings.projectId ?? projectId);
    const made = this.#own.makeClient(location);
    this.#clients.set(location, made);
    // For one that is made after the close, nobody else does it.
    if (this.#closed) made.close().catch(() => {});
    return made;
  }
}

/** A client of the user's own has looked once, and fails ever after. */
function withHintFor(client: SecretManagerMethods | undefined, failure: SourceFailure): SourceFailure {
  if (client === undefined) return failure;
  return {
    ...failure,
    advice: `${failure.advice} The \`client\` does not look again: then restart the program, or leave \`client\` out.`,
  };
}

function textOf(error: unknown): string {
  const { message } = (typeof error === "object" && error !== null ? error : {}) as { readonly message?: unknown };
  return typeof message === "string" ? message : "";
}

/** The SDK asks `gcloud` and the metadata server; what they say is used by the next attempt. */
const projectTookTooLong: SourceFailure = {
  failure: "unavailable",
  advice:
    "The project was not found in time: give `projectId`, or set GOOGLE_CLOUD_PROJECT, and nobody is asked for it.",
};

const noProject: SourceFailure = {
  failure: "invalid-request",
  advice:
    "The project is not known: give `projectId`, set GOOGLE_CLOUD_PROJECT, or ask for projects/PROJECT/secrets/SECRET.",
};
