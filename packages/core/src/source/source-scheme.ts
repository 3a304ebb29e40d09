import type { SecretSource } from "./secret-source.ts";

/** A source that can be named by a URI, such as `env:` or `file:./secrets`. A source's factory carries these two. */
export interface SourceScheme {
  /** What stands before the first colon: lower-case letters, digits and hyphens. */
  readonly scheme: string;
  /**
   * Makes the source that the URI names.
   *
   * @param text The whole URI, scheme included.
   * @throws SecretsError or TypeError with a message that names the part that is wrong, without quoting credentials.
   */
  fromUri(text: string): SecretSource;
}
