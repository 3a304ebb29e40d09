import type { SourceFailure } from "@secretsource/core/source";

/**
 * One way to come to a token. What is here is all that a login of your own needs to be.
 *
 * Keep what it proves itself with in a closure, not on the object: objects are printed.
 */
export interface VaultLogin {
  /** `approle`, `kubernetes`: stands in advices. */
  readonly method: string;
  /**
   * Comes to a token: when there is none, when it was refused, and when it cannot be renewed any further. Never called
   * twice at a time. Known failures are returned. What it throws is reported as a failure without its text.
   */
  login(context: LoginContext): Promise<VaultToken | SourceFailure>;
  /**
   * Asked before each call: true where a token has to be fetched that is newer than the one in use.
   *
   * @param inUse Its value: several connections may share a login, each with the token that it was given last.
   */
  changed?(inUse: string): Promise<boolean>;
}

export interface VaultToken {
  readonly value: string;
  /** How long it still lasts, ms. Absent: for ever, or it is not known. */
  readonly ttlMs?: number;
  /** We may renew it. */
  readonly renewable: boolean;
  /** It was made by this login: we revoke it at the end. Not so for tokens of others, nor for batch tokens. */
  readonly revocable: boolean;
  readonly failure?: undefined;
}

/** What a login works with: the connection that its token is for. */
export interface LoginContext {
  /** Aborted when the login has taken too long, and at the connection's end. */
  readonly signal: AbortSignal;
  /**
   * POSTs to a login path, and takes the token out of the answer. A refusal (400, 403), and a mount or a namespace
   * that there is not, are `unauthenticated`.
   *
   * @param path Its segments, `["auth", "ldap", "login", user]`; they are encoded.
   */
  logIn(path: readonly string[], body: object): Promise<VaultToken | SourceFailure>;
  /** What the server says of a token. `unauthenticated` where it does not know it, or may not look itself up. */
  lookUp(token: string): Promise<VaultToken | SourceFailure>;
  /**
   * Any other request, with no token but its own. A server that is out of order, throttles or has no such namespace is a
   * failure; every other status is an answer.
   */
  request(request: LoginRequest): Promise<LoginAnswer | SourceFailure>;
}

export interface LoginRequest {
  readonly method: "GET" | "POST";
  readonly path: readonly string[];
  readonly body?: object;
  readonly token?: string;
}

export interface LoginAnswer {
  readonly status: number;
  /** The body's `data`, where there is one. */
  readonly data: Readonly<Record<string, unknown>> | undefined;
  readonly failure?: undefined;
}
