import { changing, type Flaw, failing, reading } from "./flaw.ts";

/** Turns one code into another. */
function turning(from: string, to: "not-found" | "unavailable"): Flaw["spoil"] {
  return failing((failure) => (failure.failure === from ? { ...failure, failure: to } : failure));
}

export const absenceFlaws: readonly Flaw[] = [
  {
    what: "takes an empty store for one that is away",
    caughtBy: "absence/absent",
    spoil: failing((failure, { name }, store) =>
      store.secrets.size === 0 &&
      store.removed.size === 0 &&
      failure.failure === "not-found" &&
      name.startsWith("conf-")
        ? { failure: "unavailable" }
        : failure,
    ),
  },
  {
    what: "looks names up in an object",
    caughtBy: "absence/inherited-names",
    spoil: failing((failure, { name }) =>
      name in {} ? { payload: String(({} as Record<string, unknown>)[name]) } : failure,
    ),
  },
  {
    what: "is content with the beginning of a name",
    caughtBy: "absence/beginnings",
    spoil: reading(async (source, ref, context, store) => {
      const longer = [...store.secrets.keys()].find(
        (name) => name.startsWith(ref.name) && ref.name.startsWith("conf-"),
      );
      return source.read({ ...ref, name: longer ?? ref.name }, context);
    }),
  },
  {
    what: "takes a removed secret for one that is away",
    caughtBy: "absence/removed",
    spoil: failing((failure, { name }, store) => (store.removed.has(name) ? { failure: "unavailable" } : failure)),
  },
  {
    what: "turns a disabled version into an absence",
    caughtBy: "absence/disabled",
    spoil: turning("disabled", "not-found"),
  },
  { what: "turns a denial into an absence", caughtBy: "absence/denied", spoil: turning("access-denied", "not-found") },
  {
    what: "denies without a word",
    caughtBy: "absence/denial-says-what-to-do",
    spoil: failing(({ advice: _, ...failure }) => failure),
  },
  {
    what: "refuses long names",
    caughtBy: "names/longest",
    spoil: reading(async (source, ref, context) =>
      ref.name.length > 100 ? { failure: "invalid-request" } : source.read(ref, context),
    ),
  },
  {
    what: "knows ASCII names alone",
    caughtBy: "names/strange",
    spoil: changing((record, { name }) => (/[^ -~]/.test(name) ? { failure: "not-found" } : record)),
  },
  {
    what: "does not tell capitals from small letters",
    caughtBy: "names/never-one",
    spoil: reading((source, ref, context) => source.read({ ...ref, name: ref.name.toLowerCase() }, context)),
  },
  {
    what: "takes an illegal name for an absent one",
    caughtBy: "names/illegal",
    spoil: turning("invalid-request", "not-found"),
  },
  {
    what: "lets the store refuse illegal names",
    caughtBy: "names/illegal-stay-home",
    spoil: reading(async (source, ref, context, store) => {
      if (ref.name.includes("!")) await store.request("metadata", context.signal);
      return source.read(ref, context);
    }),
  },
];
