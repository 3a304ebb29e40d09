import type { SourceFailure } from "@secretsource/core/source";

const notLoaded: SourceFailure = {
  failure: "unknown",
  advice: "The package node-vault, or a part of this one, cannot be loaded: install the dependencies anew.",
};

/** A part of this package, or what it depends on, that is loaded by what first needs it. */
export class LatePart<Part extends object> {
  readonly #bring: () => Promise<Part>;
  #loading: Promise<Part | SourceFailure> | undefined;

  /** @param bring An `import()` of what nothing else imports. */
  constructor(bring: () => Promise<Part>) {
    this.#bring = bring;
  }

  /** Once for all who need it. What failed is tried again by the next one. Never rejects. */
  load(): Promise<Part | SourceFailure> {
    this.#loading ??= this.#bring().catch(() => {
      this.#loading = undefined;
      return notLoaded;
    });
    return this.#loading;
  }
}
