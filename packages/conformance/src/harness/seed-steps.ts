type Done = void | Promise<void>;

/** What the store's administrator does. Each function is there, or declared under `lacks` with the reason. */
export interface SeedSteps<Store> {
  /**
   * Creates the secret, or gives it a new current version; the one before becomes previous, where the store has that.
   *
   * @returns The version's id as the source's records will bear it; undefined where they bear none.
   */
  put?(store: Store, name: string, payload: string | Uint8Array): string | undefined | Promise<string | undefined>;
  /**
   * Creates the secret with a value that the store chooses, or has the store choose another. In place of `put`, for stores that
   * cannot be told a value.
   */
  rotate?(store: Store, name: string): Done;
  /** Adds a version that is pending. Gives its id, as `put` does. */
  stage?(store: Store, name: string, payload: string | Uint8Array): string | undefined | Promise<string | undefined>;
  /** Makes pending current, and current previous. */
  promote?(store: Store, name: string): Done;
  /** Makes previous current again. */
  rollBack?(store: Store, name: string): Done;
  /** Names a version by a label of the user's own; moves the label if it is somewhere else. */
  label?(store: Store, name: string, label: string, versionId: string): Done;
  /** Disables the current version: it is there and may not be used. */
  disable?(store: Store, name: string): Done;
  /** Deletes the secret. */
  remove?(store: Store, name: string): Done;
  /** Takes the permission to read this one secret away. */
  deny?(store: Store, name: string): Done;
  /** Takes the permission away that a batch needs besides those to read its secrets. */
  denyBatch?(store: Store): Done;
  /** Makes a name from which each read mints a credential. In place of `put`, for sources that mint. */
  grant?(store: Store, name: string): Done;
  /** The store ends a lease before its time. */
  endLease?(store: Store, leaseId: string): Done;
}

export type SeedStep = keyof SeedSteps<never>;

/** Each step in a few words. */
export const seedSteps: Readonly<Record<SeedStep, string>> = {
  put: "create a secret, or give it a new current version",
  rotate: "have the store choose a value",
  stage: "add a pending version",
  promote: "make pending current",
  rollBack: "make previous current again",
  label: "name a version by a label",
  disable: "disable the current version",
  remove: "delete the secret",
  deny: "take away the permission to read one secret",
  denyBatch: "take away the permission to read in batches",
  grant: "make a name from which credentials are minted",
  endLease: "end a lease before its time",
};

export const seedStepNames = Object.keys(seedSteps) as readonly SeedStep[];
