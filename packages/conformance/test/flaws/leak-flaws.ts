import type { SourceFailure } from "@secretsource/core/source";
import { changing, type Flaw, failing, reading } from "./flaw.ts";

/** Another name for what the source has none for, once what tells errors apart has come with the first read. */
function classifying(unknown: (error: unknown) => SourceFailure): Flaw["spoil"] {
  return (source, _store, broken) => {
    let hasRead = false;
    return {
      ...source,
      read(ref, context) {
        hasRead = broken;
        return source.read(ref, context);
      },
      classify: (error) => source.classify(error) ?? (hasRead ? unknown(error) : undefined),
    };
  };
}

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
    what: "quotes the errors that it does not know",
    caughtBy: "leaks/classify",
    spoil: classifying((error) => ({ failure: "unknown", advice: String(error) })),
  },
  {
    what: "passes on whatever stands where an error's code belongs",
    caughtBy: "leaks/classify",
    spoil: classifying((error) => ({
      failure: "unknown",
      native: { code: (error as { code: string } | null)?.code ?? "none" },
    })),
  },
  {
    what: "hands on an error's cause",
    caughtBy: "leaks/classify",
    spoil: classifying((error) => ({ failure: "unknown", ...(error instanceof Error && { cause: error.cause }) })),
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
