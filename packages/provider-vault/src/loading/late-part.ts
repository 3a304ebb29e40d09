import { type NotLoaded, notLoaded } from "@secretsource/core/source-kit";

/** A part of this package, or what it depends on, that is loaded by what first needs it. */
export class LatePart<Part extends object> {
  readonly #bring: () => Promise<Part>;
  #loading: Promise<Part | NotLoaded> | undefined;

  /** @param bring An `import()` of what nothing else imports. */
  constructor(bring: () => Promise<Part>) {
    this.#bring = bring;
  }

  /** Once for all who need it. What failed is tried again by the next one. Never rejects. */
  load(): Promise<Part | NotLoaded> {
    this.#loading ??= this.#bring().catch((error: unknown) => {
      this.#loading = undefined;
      return notLoaded("The package node-vault, or a part of this one,", error);
    });
    return this.#loading;
  }
}
