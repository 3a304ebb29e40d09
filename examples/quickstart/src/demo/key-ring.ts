import type { SigningKey } from "./secret-values.ts";

/**
 * The signing keys as their owner rotates them, and what must hold for their tokens. What is published is the key that
 * signs and the one before it; whatever is older is retired.
 */
export class KeyRing {
  readonly #keys: readonly SigningKey[];
  #signer = 0;
  /** A swap is not known to have been followed: the service may be at this publication or at the one before. */
  #isSwapping = false;

  constructor(keys: readonly SigningKey[]) {
    this.#keys = keys;
  }

  get document(): string {
    return JSON.stringify({ keys: this.#keys.slice(Math.max(0, this.#signer - 1), this.#signer + 1).reverse() });
  }

  /** What somebody in a hurry would publish: the next key alone. */
  get hasty(): string {
    return JSON.stringify({ keys: this.#keys.slice(this.#signer + 1, this.#signer + 2) });
  }

  /** Those that may sign at this moment, the newest last. */
  get signers(): readonly SigningKey[] {
    return this.#keys.slice(this.#isSwapping ? this.#signer - 1 : this.#signer, this.#signer + 1);
  }

  /** Their tokens must be accepted at this moment, the newest last. */
  get good(): readonly SigningKey[] {
    return this.#keys.slice(Math.max(0, this.#signer - 1), this.#isSwapping ? this.#signer : this.#signer + 1);
  }

  /** Their tokens must be refused at this moment. */
  get retired(): readonly SigningKey[] {
    return this.#keys.slice(0, Math.max(0, this.#isSwapping ? this.#signer - 2 : this.#signer - 1));
  }

  /** On to the next key: what is good from here on is good before the swap and after it. */
  swapping(): void {
    this.#signer += 1;
    this.#isSwapping = true;
  }

  followed(): void {
    this.#isSwapping = false;
  }
}
