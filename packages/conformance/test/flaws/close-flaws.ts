import type { Flaw } from "./flaw.ts";

export const closeFlaws: readonly Flaw[] = [
  {
    what: "cannot be closed before its first use",
    caughtBy: "close/unused",
    lab: "minting",
    spoil(source, _store, broken) {
      let isUsed = false;
      return {
        ...source,
        read(ref, context) {
          isUsed = true;
          return source.read(ref, context);
        },
        async close() {
          if (broken && !isUsed) throw new TypeError("there is no connection");
        },
      };
    },
  },
  {
    what: "cannot be closed twice",
    caughtBy: "close/twice",
    spoil(source, _store, broken) {
      let isClosed = false;
      return {
        ...source,
        async close() {
          if (broken && isClosed) throw new TypeError("there is no connection");
          isClosed = true;
        },
      };
    },
  },
  {
    what: "leaves a timer behind",
    caughtBy: "close/leaves-nothing",
    spoil(source, store, broken) {
      const timer = setInterval(() => {}, 60_000);
      store.leftBehind.push(timer);
      return {
        ...source,
        async close() {
          if (!broken) clearInterval(timer);
        },
      };
    },
  },
];
