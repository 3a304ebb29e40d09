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
  /** The instance's time. */
  now(): number;
  /**
   * A member by the store's word; undefined where the store has none.
   *
   * @param since An answer from before that moment is none: the store is asked, by one call for all who ask at once.
   * @throws SecretsError where the store gives no usable answer.
   */
  read(stage: WindowStage, since?: number): Promise<Credential<T> | undefined>;
  /** The value before the current one, as far as this process remembers it. */
  remembered(): Promise<Credential<T> | undefined>;
}
