import { changing, type Flaw, failing, reading } from "./flaw.ts";

export const leakFlaws: readonly Flaw[] = [
  {
    what: "quotes a disabled value in its advice",
    caughtBy: "leaks/failures",
    spoil: failing((failure, { name }, store) => {
      const payload = store.secrets.get(name)?.find("current")?.payload;
      return failure.failure === "disabled" ? { ...failure, advice: `The value ${payload} is disabled.` } : failure;
    }),
  },
  {
    what: "quotes the parser, which quotes the answer",
    caughtBy: "leaks/faults",
    spoil: reading((source, ref, context) =>
      source.read(ref, context).catch((error: unknown) => {
        if (error instanceof SyntaxError) return { failure: "payload-corrupt", advice: error.message };
        throw error;
      }),
    ),
  },
  {
    what: "writes the value into the metadata, in base64",
    caughtBy: "leaks/records",
    spoil: changing((record) => ({
      ...record,
      metadata: { hint: Buffer.from(record.payload).toString("base64") },
    })),
  },
  {
    what: "warns of the value",
    caughtBy: "leaks/events",
    spoil: changing((record) => ({ ...record, warnings: [`The value ${record.payload} is old.`] })),
  },
  {
    what: "prints what it reads",
    caughtBy: "leaks/printed",
    spoil: changing((record, { name }) => {
      if (name.endsWith("-printed")) console.log("read", record);
      return record;
    }),
  },
  {
    what: "shows its token when it is printed",
    caughtBy: "leaks/the-source",
    spoil: (source, store, broken) => ({ ...source, ...(broken && { token: store.token }) }),
  },
];
