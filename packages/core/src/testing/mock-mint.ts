import type { Lease } from "../source/lease.ts";
import type { MintTerms } from "./minted.ts";
import type { MockLeases } from "./mock-leases.ts";
import type { Withdrawal } from "./mock-versions.ts";

/** A secret that is made anew at each read. */
export class MockMint {
  readonly #name: string;
  readonly #terms: MintTerms;
  readonly #leases: MockLeases;
  #count = 0;
  withdrawn: Withdrawal | undefined;

  constructor(name: string, terms: MintTerms, leases: MockLeases) {
    this.#name = name;
    this.#terms = terms;
    this.#leases = leases;
  }

  mint(): { readonly payload: string | Uint8Array; readonly lease: Lease } {
    this.#count += 1;
    return { payload: this.#terms.payload(this.#count), lease: this.#leases.grant(this.#name, this.#terms) };
  }

  restore(): void {
    this.withdrawn = undefined;
  }
}
