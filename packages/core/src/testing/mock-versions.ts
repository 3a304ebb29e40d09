import type { SecretRecord } from "../source/secret-record.ts";
import type { Stage, VersionSelector } from "../source/secret-ref.ts";

/** What the store says of a version besides its value. */
export type VersionFacts = Pick<SecretRecord, "metadata" | "validFrom" | "validUntil" | "warnings"> & {
  /** Epoch ms of the next rotation. */
  readonly changesAt?: number;
};

export type Withdrawal = "disabled" | "deleted";

export interface MockVersion {
  readonly id: string;
  readonly payload: string | Uint8Array;
  readonly createdAt: number;
  facts: VersionFacts;
  withdrawn: Withdrawal | undefined;
}

/** The versions of one secret and where each of them stands. Ids count from 1; every version is kept. */
export class MockVersions {
  readonly #versions = new Map<string, MockVersion>();
  readonly #stages = new Map<Stage, string>();
  readonly #labels = new Map<string, string>();
  /** The secret as a whole. */
  withdrawn: Withdrawal | undefined;

  rotate(payload: string | Uint8Array, at: number): string {
    const id = this.#add(payload, at);
    this.#makeCurrent(id);
    return id;
  }

  stage(payload: string | Uint8Array, at: number): string {
    const id = this.#add(payload, at);
    this.#stages.set("pending", id);
    return id;
  }

  /** False where nothing is pending. */
  promote(): boolean {
    const pending = this.#stages.get("pending");
    if (pending === undefined) return false;
    this.#stages.delete("pending");
    this.#makeCurrent(pending);
    return true;
  }

  /** False where there is no previous one. */
  rollBack(): boolean {
    const previous = this.#stages.get("previous");
    if (previous === undefined) return false;
    this.#makeCurrent(previous);
    return true;
  }

  /** False where there is no such version. */
  label(label: string, selector: VersionSelector): boolean {
    const version = this.find(selector);
    if (version === undefined) return false;
    this.#labels.set(label, version.id);
    return true;
  }

  /** False where there is no such version. */
  withdraw(how: Withdrawal, id: string): boolean {
    const version = this.#versions.get(id);
    if (version !== undefined) version.withdrawn = how;
    return version !== undefined;
  }

  /** Of the current version. */
  annotate(facts: VersionFacts): void {
    const current = this.find("current");
    if (current !== undefined) current.facts = facts;
  }

  restore(): void {
    this.withdrawn = undefined;
    for (const version of this.#versions.values()) version.withdrawn = undefined;
  }

  find(selector: VersionSelector): MockVersion | undefined {
    const id = this.#idOf(selector);
    return id === undefined ? undefined : this.#versions.get(id);
  }

  #idOf(selector: VersionSelector): string | undefined {
    if (typeof selector === "string") return this.#stages.get(selector);
    return "id" in selector ? selector.id : this.#labels.get(selector.label);
  }

  #add(payload: string | Uint8Array, createdAt: number): string {
    const id = String(this.#versions.size + 1);
    this.#versions.set(id, { id, payload, createdAt, facts: {}, withdrawn: undefined });
    return id;
  }

  #makeCurrent(id: string): void {
    const current = this.#stages.get("current");
    if (current !== undefined) this.#stages.set("previous", current);
    this.#stages.set("current", id);
  }
}
