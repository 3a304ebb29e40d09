import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { As } from "../decode/reading.ts";
import type { Secret } from "../secret/secret.ts";
import type { GetSecretOptions } from "./get-secret-options.ts";
import type { SecretValue } from "./secret-value.ts";

/** How a secret is watched: the reading options of {@link GetSecretOptions}, and who may refuse a new version. */
export interface WatchSecretOptions<
  Schema extends StandardSchemaV1 | undefined = StandardSchemaV1 | undefined,
  Kind extends As | undefined = As | undefined,
> extends Pick<GetSecretOptions<Schema, Kind>, "schema" | "as" | "field" | "version" | "source" | "signal"> {
  /**
   * Throws or rejects to refuse a new version before anybody sees it (a `SELECT 1` with the new password). It gates the
   * secret for the whole instance, `getSecret` included. Refused after 10 s. What it throws is not shown anywhere.
   */
  readonly verify?:
    | ((next: Secret<SecretValue<Schema, Kind>>, context: { readonly signal: AbortSignal }) => void | Promise<void>)
    | undefined;
}

/** How `withSecret` runs an operation. */
export interface WithSecretOptions<
  Schema extends StandardSchemaV1 | undefined = StandardSchemaV1 | undefined,
  Kind extends As | undefined = As | undefined,
> extends Pick<GetSecretOptions<Schema, Kind>, "schema" | "as" | "field" | "source" | "signal"> {
  /** True for the operation's error that says that the credential was not accepted. Any other error is the caller's. */
  readonly isAuthError: (error: unknown) => boolean;
}

/** How `acceptAny` reads. */
export interface AcceptAnyOptions<
  Schema extends StandardSchemaV1 | undefined = StandardSchemaV1 | undefined,
  Kind extends As | undefined = As | undefined,
> extends Pick<GetSecretOptions<Schema, Kind>, "schema" | "as" | "field" | "source" | "signal"> {
  /** True: the version that is being introduced is accepted too. Default: false. */
  readonly pending?: boolean | undefined;
}
