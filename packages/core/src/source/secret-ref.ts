/**
 * The place of a version in a rotation: `current` is the one to use, `previous` the one before it (still valid during
 * the rotation window), `pending` the one being introduced. Each source maps them to its store's own terms. A version
 * that is current or previous is not pending, whatever mark of it the store has left there: `version-not-found`.
 */
export type Stage = "current" | "previous" | "pending";

/** Which version: by stage, by the store's own version id, or by a label of the user's own. */
export type VersionSelector = Stage | { readonly id: string } | { readonly label: string };

/**
 * Which secret. `name` is not empty, at most 2,048 UTF-16 units, well-formed, without control characters; core has
 * checked that. What else a store's alphabet forbids, the source answers with `invalid-request` before it uses the
 * network; where it maps names, it does so injectively.
 */
export interface SecretRef {
  readonly name: string;
  readonly version: VersionSelector;
}
