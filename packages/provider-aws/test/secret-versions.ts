import { randomUUID } from "node:crypto";
import { failWith } from "./json-service.ts";

export interface Version {
  readonly id: string;
  readonly payload: string | Uint8Array;
  readonly labels: Set<string>;
  readonly createdAt: number;
}

/** The versions of one secret, and the staging labels at them: a label is at one of them (API_UpdateSecretVersionStage). */
export class SecretVersions {
  readonly all: Version[] = [];

  add(payload: string | Uint8Array, id: string = randomUUID()): Version {
    // A quota: 65,536 bytes of a value (https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html).
    const size = Buffer.byteLength(payload);
    if (size === 0 || size > 65_536) failWith("InvalidParameterException", "The value is too short or too long.");
    const version: Version = { id, payload, labels: new Set(), createdAt: Date.now() };
    this.all.push(version);
    return version;
  }

  at(label: string): Version | undefined {
    return this.all.find(({ labels }) => labels.has(label));
  }

  move(label: string, to: Version): void {
    if (label === "AWSCURRENT") this.#keepPrevious(to);
    for (const { labels } of this.all) labels.delete(label);
    to.labels.add(label);
  }

  /** AWSPREVIOUS goes to the version that AWSCURRENT leaves (API_UpdateSecretVersionStage). */
  #keepPrevious(next: Version): void {
    const before = this.at("AWSCURRENT");
    if (before === undefined || before === next) return;
    for (const { labels } of this.all) labels.delete("AWSPREVIOUS");
    before.labels.add("AWSPREVIOUS");
  }

  /** Without id and label, AWSCURRENT; with both, they must be of the same version (API_GetSecretValue). */
  find(id: string | undefined, label: string | undefined): Version {
    const wanted = label ?? (id === undefined ? "AWSCURRENT" : undefined);
    const found = this.all.find(
      (one) => (id === undefined || one.id === id) && (wanted === undefined || one.labels.has(wanted)),
    );
    const what = id === undefined ? `staging label: ${wanted}` : `VersionId: ${id}`;
    return (
      found ??
      failWith("ResourceNotFoundException", `Secrets Manager can't find the specified secret value for ${what}`)
    );
  }
}
