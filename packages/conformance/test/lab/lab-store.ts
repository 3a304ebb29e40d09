import { randomUUID } from "node:crypto";
import { virtualClock } from "@secretsource/core/testing";
import type { FaultName } from "../../src/index.ts";
import { LabRefusal } from "./lab-errors.ts";
import { suffer } from "./lab-faults.ts";
import { LabSecret, type LabVersion } from "./lab-secret.ts";

const leaseMs = 60_000;

/** A store that can do everything, in memory, on a virtual clock. */
export class LabStore {
  readonly clock = virtualClock();
  readonly token = `token-${randomUUID()}`;
  readonly secrets = new Map<string, LabSecret>();
  /** Names of secrets that were there. */
  readonly removed = new Set<string>();
  readonly roles = new Set<string>();
  readonly leases = new Set<string>();
  readonly watchers = new Map<string, Set<() => void>>();
  /** What reached the host to which the store redirects. */
  readonly elsewhere: string[] = [];
  /** Of answers that are too long. */
  takenBytes = 0;
  /** Timers of sources that do not clear up. */
  readonly leftBehind: NodeJS.Timeout[] = [];
  requests = { all: 0, values: 0 };
  fault: FaultName | undefined;
  batchDenied = false;

  put(name: string, payload: string | Uint8Array): string {
    const secret = this.#secret(name);
    const version = secret.add(copyOf(payload), this.clock.now());
    secret.makeCurrent(version);
    for (const changed of this.watchers.get(name) ?? []) changed();
    return version.id;
  }

  stage(name: string, payload: string | Uint8Array): string {
    const secret = this.#secret(name);
    const version = secret.add(copyOf(payload), this.clock.now());
    secret.stages.set("pending", version);
    version.staged = true;
    return version.id;
  }

  remove(name: string): void {
    this.secrets.delete(name);
    this.removed.add(name);
  }

  label(name: string, label: string, id: string): void {
    const version = this.#secret(name).find({ id });
    if (version === undefined) throw new Error("there is no such version");
    const { labels, firstLabels } = this.#secret(name);
    labels.set(label, version);
    if (!firstLabels.has(label)) firstLabels.set(label, version);
  }

  suffer(fault: FaultName | undefined): void {
    this.fault = fault;
  }

  /** One request. Resolves when the store has answered; `about` is the secret that the answer would hold. */
  async request(kind: "value" | "metadata", signal: AbortSignal, about?: string): Promise<void> {
    signal.throwIfAborted();
    if (this.fault !== "down") {
      this.requests = {
        all: this.requests.all + 1,
        values: this.requests.values + (kind === "value" ? 1 : 0),
      };
    }
    await Promise.resolve();
    const answer = String(this.secrets.get(about ?? "")?.stages.get("current")?.payload);
    if (this.fault !== undefined) await suffer(this.fault, this.clock, signal, answer);
    await Promise.resolve();
    signal.throwIfAborted();
  }

  /** @throws LabRefusal */
  find(name: string, selector: Parameters<LabSecret["find"]>[0]): LabVersion {
    const secret = this.secrets.get(name);
    if (secret === undefined) throw new LabRefusal(404, "no-such-secret");
    if (secret.denied) throw new LabRefusal(403, "denied");
    const version = secret.find(selector);
    if (version === undefined) throw new LabRefusal(404, "no-such-version");
    if (version.disabled) throw new LabRefusal(403, "disabled");
    return version;
  }

  /** @throws LabRefusal */
  mint(name: string): { readonly payload: string; readonly leaseId: string; readonly ttlMs: number } {
    if (!this.roles.has(name)) throw new LabRefusal(404, "no-such-secret");
    if (this.secrets.get(name)?.denied) throw new LabRefusal(403, "denied");
    const leaseId = `lease-${randomUUID()}`;
    this.leases.add(leaseId);
    return { payload: `minted-${randomUUID()}`, leaseId, ttlMs: leaseMs };
  }

  /** @throws LabRefusal */
  renew(leaseId: string): number {
    if (!this.leases.has(leaseId)) throw new LabRefusal(404, "no-such-secret");
    return leaseMs;
  }

  #secret(name: string): LabSecret {
    const secret = this.secrets.get(name) ?? new LabSecret();
    this.secrets.set(name, secret);
    return secret;
  }
}

function copyOf(payload: string | Uint8Array): string | Uint8Array {
  return typeof payload === "string" ? payload : new Uint8Array(payload);
}
