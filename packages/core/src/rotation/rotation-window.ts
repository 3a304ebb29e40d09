import type { Secret } from "../secret/secret.ts";

/** Which member of the window. */
export type WindowStage = "current" | "previous" | "pending";

/** A credential of the window, with what tells it from the others. */
export interface Credential<T> {
  readonly secret: Secret<T>;
  /** True if both hold the same value, whatever their versions are called. */
  isSame(other: Credential<T>): boolean;
}

/** The credentials that may be valid at this moment. */
export interface RotationWindow<T> {
  /**
   * A member by the store's word; undefined where the store has none.
   *
   * @throws SecretsError where the store gives no usable answer.
   */
  read(stage: WindowStage, how: { readonly refresh: boolean }): Promise<Credential<T> | undefined>;
  /** The value before the current one, as far as this process remembers it. */
  remembered(): Promise<Credential<T> | undefined>;
}
