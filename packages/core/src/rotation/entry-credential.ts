import type { Loaded } from "../cache/loaded.ts";
import type { Secret } from "../secret/secret.ts";
import type { Credential } from "./rotation-window.ts";

/** One record's credential. Two are the same if their payloads are, whatever their versions are called. */
export class EntryCredential<T> implements Credential<T> {
  readonly secret: Secret<T>;
  readonly #loaded: Loaded;

  constructor(secret: Secret<T>, loaded: Loaded) {
    this.secret = secret;
    this.#loaded = loaded;
  }

  isSame(other: Credential<T>): boolean {
    return other instanceof EntryCredential && this.#loaded.decoded.equals(other.#loaded.decoded.payload);
  }
}
