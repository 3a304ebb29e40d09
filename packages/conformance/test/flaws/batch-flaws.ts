import type { SecretRef, SecretSource, SourceBatch, SourceContext } from "@secretsource/core/source";
import type { LabStore } from "../lab/lab-store.ts";
import { attempt, type Flaw, unheard } from "./flaw.ts";

type BatchRead = SourceBatch["read"];

function batching(
  read: (
    batch: BatchRead,
    refs: readonly SecretRef[],
    context: SourceContext,
    store: LabStore,
  ) => ReturnType<BatchRead>,
): Flaw["spoil"] {
  return (source, store, broken) => {
    const { limit = 1, read: batch } = source.batch ?? {};
    if (batch === undefined) return source;
    const classified: BatchRead = (refs, context) => attempt(source, () => batch(refs, context));
    const spoilt: BatchRead = (refs, context) => read(classified, refs, context, store);
    return { ...source, batch: { limit, read: broken ? spoilt : classified } };
  };
}

/** Changes the list, where there is one. */
function listing(
  change: (
    answers: Extract<Awaited<ReturnType<BatchRead>>, readonly unknown[]>,
    refs: readonly SecretRef[],
  ) => Awaited<ReturnType<BatchRead>>,
): Flaw["spoil"] {
  return batching(async (batch, refs, context) => {
    const answers = await batch(refs, context);
    return "failure" in answers ? answers : change(answers, refs);
  });
}

export const batchFlaws: readonly Flaw[] = [
  {
    what: "refuses a batch of one",
    caughtBy: "batch/one",
    spoil: batching(async (batch, refs, context) =>
      refs.length === 1 ? { failure: "invalid-request" } : batch(refs, context),
    ),
  },
  {
    what: "answers a batch in the store's order",
    caughtBy: "batch/order",
    spoil: listing((answers, refs) => {
      const place = new Map(answers.map((answer, index) => [answer, refs[index]?.name ?? ""]));
      return answers.toSorted((a, b) => (place.get(a) ?? "").localeCompare(place.get(b) ?? ""));
    }),
  },
  {
    what: "gives one answer for all versions of a name in a batch",
    caughtBy: "batch/one-name-twice",
    spoil: listing((answers, refs) =>
      refs.map(({ name }) => answers[refs.findIndex((ref) => ref.name === name)] ?? "alone"),
    ),
  },
  {
    what: "lets one absent secret spoil a batch",
    caughtBy: "batch/absent-item",
    spoil: listing((answers) => (answers.find((answer) => isFailure(answer, "not-found")) as never) ?? answers),
  },
  {
    what: "turns a denial in a batch into an absence",
    caughtBy: "batch/denied-item",
    spoil: listing((answers) =>
      answers.map((answer) => (isFailure(answer, "access-denied") ? { failure: "not-found" } : answer)),
    ),
  },
  {
    what: "hides that the batch was refused",
    caughtBy: "batch/denied",
    spoil: batching(async (batch, refs, context) => {
      const answers = await batch(refs, context);
      return isFailure(answers, "access-denied") ? refs.map(() => "alone") : answers;
    }),
  },
  {
    what: "lies about its batch: everything is alone",
    caughtBy: "batch/worth-it",
    spoil: listing((answers) => answers.map(() => "alone")),
  },
  {
    what: "lies about its batch: it makes a request for each secret",
    caughtBy: "batch/fewer-requests",
    spoil: batching(async (batch, refs, context, store) => {
      const answers = await batch(refs, context);
      for (const { name } of refs) await store.request("value", context.signal, name);
      return answers;
    }),
  },
  {
    what: "lies about its batch: the store takes fewer",
    caughtBy: "batch/borders",
    spoil: (source, _store, broken) => withLimit(source, broken ? 7 : 5),
  },
  {
    what: "does not hear the signal in a batch",
    caughtBy: "deadlines/batch",
    spoil: batching((batch, refs) => batch(refs, unheard())),
  },
  {
    what: "takes a store that fails during a batch for an empty one",
    caughtBy: "faults/batch",
    spoil: batching(async (batch, refs, context) => {
      const answers = await batch(refs, context);
      return isFailure(answers, "unavailable") ? refs.map(() => ({ failure: "not-found" })) : answers;
    }),
  },
];

function withLimit(source: SecretSource, limit: number): SecretSource {
  return source.batch === undefined ? source : { ...source, batch: { limit, read: source.batch.read } };
}

function isFailure(answer: unknown, code: string): boolean {
  return typeof answer === "object" && answer !== null && "failure" in answer && answer.failure === code;
}
