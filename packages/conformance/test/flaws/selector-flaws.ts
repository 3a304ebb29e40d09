import type { SecretRef } from "@secretsource/core/source";
import type { LabSecret } from "../lab/lab-secret.ts";
import type { LabStore } from "../lab/lab-store.ts";
import { answering, changing, type Flaw, failing, reading } from "./flaw.ts";

/** Reads another version than was asked for. */
function instead(other: (ref: SecretRef, secret: LabSecret) => string | undefined): Flaw["spoil"] {
  return reading(async (source, ref, context, store) => {
    const secret = store.secrets.get(ref.name);
    const id = secret && other(ref, secret);
    return source.read(id === undefined ? ref : { ...ref, version: { id } }, context);
  });
}

const has = (store: LabStore, { name }: SecretRef) => store.secrets.has(name);

export const selectorFlaws: readonly Flaw[] = [
  {
    what: "forgets the version",
    caughtBy: "versions/named",
    spoil: changing(({ version: _, ...record }) => record),
  },
  {
    what: "asks for the version and for the value one after the other",
    caughtBy: "versions/never-mixed",
    spoil: reading(async (source, ref, context, store) => {
      const version = store.secrets.get(ref.name)?.find(ref.version)?.id;
      await Promise.resolve();
      const answer = await source.read(ref, context);
      return answer.failure === undefined && version !== undefined ? { ...answer, version } : answer;
    }),
  },
  {
    what: "finds the current version alone by its id",
    caughtBy: "versions/by-id",
    spoil: answering((answer, { name, version }, store) => {
      const current = store.secrets.get(name)?.find("current")?.id;
      const isOld = typeof version === "object" && "id" in version && version.id !== current;
      return isOld && answer.failure === undefined ? { failure: "version-not-found" } : answer;
    }),
  },
  {
    what: "takes an unknown version for an absent secret",
    caughtBy: "versions/unknown-id",
    spoil: failing((failure, { version }) =>
      failure.failure === "version-not-found" && typeof version === "object" && "id" in version
        ? { ...failure, failure: "not-found" }
        : failure,
    ),
  },
  {
    what: "gives the current version as the previous one",
    caughtBy: "stages/previous",
    spoil: instead(({ version }, secret) =>
      version === "previous" && secret.find("previous") ? secret.find("current")?.id : undefined,
    ),
  },
  {
    what: "takes a secret without a previous version for an absent one",
    caughtBy: "stages/no-previous",
    spoil: failing((failure, ref, store) =>
      ref.version === "previous" && has(store, ref) ? { failure: "not-found" } : failure,
    ),
  },
  {
    what: "gives the current version as the pending one",
    caughtBy: "stages/pending",
    spoil: instead(({ version }, secret) =>
      version === "pending" && secret.find("pending") ? secret.find("current")?.id : undefined,
    ),
  },
  {
    what: "gives the pending version before it is promoted",
    caughtBy: "stages/pending-is-not-current",
    spoil: instead(({ version }, secret) => (version === "current" ? secret.find("pending")?.id : undefined)),
  },
  {
    what: "falls back on the current version where none is pending",
    caughtBy: "stages/no-pending",
    spoil: instead(({ version }, secret) =>
      version === "pending" && !secret.find("pending") ? secret.find("current")?.id : undefined,
    ),
  },
  {
    what: "does not notice a promotion",
    caughtBy: "stages/promoted",
    spoil: instead(({ version }, secret) =>
      version === "current" && secret.find("current")?.staged ? secret.find("previous")?.id : undefined,
    ),
  },
  {
    what: "takes the newest version for the current one",
    caughtBy: "stages/rolled-back",
    spoil: instead(({ version }, secret) => {
      const pending = secret.find("pending");
      return version === "current" ? secret.versions.findLast((one) => one !== pending)?.id : undefined;
    }),
  },
  {
    what: "does not find the label of a first version",
    caughtBy: "labels/found",
    spoil: answering((answer, { name, version }, store) => {
      const isFirst = store.secrets.get(name)?.find(version)?.id === "v1";
      return isFirst && typeof version === "object" && "label" in version ? { failure: "version-not-found" } : answer;
    }),
  },
  {
    what: "leaves a label where it stood first",
    caughtBy: "labels/moved",
    spoil: instead(({ version }, secret) =>
      typeof version === "object" && "label" in version ? secret.firstLabels.get(version.label)?.id : undefined,
    ),
  },
  {
    what: "falls back on the current version where a label is unknown",
    caughtBy: "labels/unknown",
    spoil: instead(({ version }, secret) => {
      const isUnknown = typeof version === "object" && "label" in version && !secret.labels.has(version.label);
      return isUnknown ? secret.find("current")?.id : undefined;
    }),
  },
];
