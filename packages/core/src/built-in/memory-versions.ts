import type { Stage, VersionSelector } from "../source/secret-ref.ts";

const keptVersions = 10;

/** The versions of one secret: ids count from 1 and are never used again, also after a removal. */
export class MemoryVersions {
  readonly #payloads = new Map<string, string | Uint8Array>();
  readonly #stages = new Map<Stage, string>();
  readonly #labels = new Map<string, string>();
  #lastId = 0;

  get isEmpty(): boolean {
    return this.#payloads.size === 0;
  }

  /** Adds a version and makes it current; the one before becomes previous. */
  set(payload: string | Uint8Array): string {
    const id = this.#add(payload);
    this.#makeCurrent(id);
    this.#forgetOld();
    return id;
  }

  /** Adds a version and makes it pending. */
  stage(payload: string | Uint8Array): string {
    const id = this.#add(payload);
    this.#stages.set("pending", id);
    this.#forgetOld();
    return id;
  }

  /** Makes pending current, and current previous. False where nothing is pending. */
  promote(): boolean {
    const pending = this.#stages.get("pending");
    if (pending === undefined) return false;
    this.#stages.delete("pending");
    this.#makeCurrent(pending);
    this.#forgetOld();
    return true;
  }

  /** False where there is no such version. */
  label(label: string, id: string): boolean {
    if (!this.#payloads.has(id)) return false;
    this.#labels.set(label, id);
    return true;
  }

  clear(): void {
    this.#payloads.clear();
    this.#stages.clear();
    this.#labels.clear();
  }

  find(selector: VersionSelector): { readonly id: string; readonly payload: string | Uint8Array } | undefined {
    const id = this.#idOf(selector);
    const payload = id === undefined ? undefined : this.#payloads.get(id);
    return id === undefined || payload === undefined ? undefined : { id, payload };
  }

  #idOf(selector: VersionSelector): string | undefined {
    if (typeof selector === "string") return this.#stages.get(selector);
    return "id" in selector ? selector.id : this.#labels.get(selector.label);
  }

  #add(payload: string | Uint8Array): string {
    this.#lastId += 1;
    const id = String(this.#lastId);
    this.#payloads.set(id, payload);
    return id;
  }

  #makeCurrent(id: string): void {
    const current = this.#stages.get("current");
    if (current !== undefined) this.#stages.set("previous", current);
    this.#stages.set("current", id);
  }

  /** Oldest first, and none that a stage or a label still names. */
  #forgetOld(): void {
    const named = new Set([...this.#stages.values(), ...this.#labels.values()]);
    for (const id of this.#payloads.keys()) {
      if (this.#payloads.size <= keptVersions) return;
      if (!named.has(id)) this.#payloads.delete(id);
    }
  }
}
