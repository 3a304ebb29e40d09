import type { SourceContext } from "@secretsource/core/source";
import { wait } from "../lab/lab-faults.ts";
import { attempt, type Flaw, reading, unheard } from "./flaw.ts";

export const signalFlaws: readonly Flaw[] = [
  {
    what: "takes an abort beforehand for an absence",
    caughtBy: "abort/before",
    spoil: reading(async (source, ref, context) =>
      context.signal.aborted ? { failure: "not-found" } : source.read(ref, context),
    ),
  },
  {
    what: "asks the store although it was aborted",
    caughtBy: "abort/before-stays-home",
    spoil: reading(async (source, ref, context) => {
      if (context.signal.aborted) await source.read(ref, unheard()).catch(() => {});
      return source.read(ref, context);
    }),
  },
  {
    what: "takes an abort on the way for an absence",
    caughtBy: "abort/at-once",
    spoil: reading(async (source, ref, context) => {
      context.signal.throwIfAborted();
      return source.read(ref, context).catch((error) => {
        if (context.signal.aborted) return { failure: "not-found" };
        throw error;
      });
    }),
  },
  {
    what: "ignores an abort while it waits",
    caughtBy: "abort/during",
    spoil: reading((source, ref, context, store) => source.read(ref, store.fault === "hang" ? unheard() : context)),
  },
  {
    what: "holds on to the first signal that it was given",
    caughtBy: "abort/afterwards",
    spoil(source, _store, broken) {
      let first: AbortSignal | undefined;
      return {
        ...source,
        read(ref, context) {
          first ??= context.signal;
          return source.read(ref, broken && first.aborted ? { ...context, signal: first } : context);
        },
      };
    },
  },
  {
    what: "ignores the deadline while the answer arrives",
    caughtBy: "deadlines/trickle",
    spoil: reading((source, ref, context, store) => source.read(ref, store.fault === "trickle" ? unheard() : context)),
  },
  {
    what: "has a deadline of its own",
    caughtBy: "deadlines/none-of-its-own",
    spoil: reading((source, ref, context, store) => {
      if (store.fault !== "hang") return source.read(ref, context);
      const late = wait(store.clock, 30_000, new AbortController().signal).then(
        () => ({ failure: "timeout" }) as const,
      );
      return Promise.race([source.read(ref, context), late]);
    }),
  },
  {
    what: "remembers for all reads at once what it is reading",
    caughtBy: "concurrency/hundred",
    spoil(source, _store, broken) {
      let current = "";
      return {
        ...source,
        async read(ref, context) {
          current = ref.name;
          await Promise.resolve();
          return source.read({ ...ref, name: broken ? current : ref.name }, context);
        },
      };
    },
  },
  {
    what: "lets the first of several readers end the read of all",
    caughtBy: "concurrency/one-gives-up",
    spoil(source, _store, broken) {
      const flights = new Map<string, ReturnType<typeof source.read>>();
      const fly = (ref: Parameters<typeof source.read>[0], context: SourceContext) => {
        const key = JSON.stringify(ref);
        const flight =
          flights.get(key) ??
          attempt(source, () => source.read(ref, context)).finally(() => {
            flights.delete(key);
          });
        flights.set(key, flight);
        return flight;
      };
      return { ...source, read: (ref, context) => (broken ? fly(ref, context) : source.read(ref, context)) };
    },
  },
];
