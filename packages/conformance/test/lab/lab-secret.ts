import type { Stage, VersionSelector } from "@secretsource/core/source";

export interface LabVersion {
  readonly id: string;
  readonly payload: string | Uint8Array;
  readonly createdAt: number;
  disabled: boolean;
  /** It began as a pending one. */
  staged: boolean;
}

/** One secret as a store keeps it. */
export class LabSecret {
  readonly versions: LabVersion[] = [];
  readonly stages = new Map<Stage, LabVersion>();
  readonly labels = new Map<string, LabVersion>();
  /** Where each label stood first. */
  readonly firstLabels = new Map<string, LabVersion>();
  denied = false;

  add(payload: string | Uint8Array, createdAt: number): LabVersion {
    const version: LabVersion = {
      id: `v${this.versions.length + 1}`,
      payload,
      createdAt,
      disabled: false,
      staged: false,
    };
    this.versions.push(version);
    return version;
  }

  makeCurrent(version: LabVersion | undefined): void {
    if (version === undefined) throw new Error("there is no such version");
    const current = this.stages.get("current");
    if (current !== undefined) this.stages.set("previous", current);
    this.stages.set("current", version);
    this.stages.delete("pending");
  }

  find(selector: VersionSelector): LabVersion | undefined {
    if (typeof selector === "string") return this.stages.get(selector);
    if ("label" in selector) return this.labels.get(selector.label);
    return this.versions.find(({ id }) => id === selector.id);
  }
}
