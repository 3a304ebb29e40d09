import { askOnce, goodManners, type HttpManners } from "./http-source.ts";

/** What a source over a network does wrong, and the cases that notice. */
export interface HttpFlaw {
  readonly what: string;
  readonly caughtBy: readonly string[];
  readonly manners: HttpManners;
}

const asking = (ask: HttpManners["ask"]): HttpManners => ({ ...goodManners, ask });

export const httpFlaws: readonly HttpFlaw[] = [
  {
    what: "follows a redirect and takes its token along",
    caughtBy: ["faults/redirect", "faults/redirect-keeps-the-token"],
    manners: asking(async (url, options, most) => {
      const answer = await askOnce(url, options, most);
      return answer.status === 307 ? askOnce(String(answer.headers.location), options, most) : answer;
    }),
  },
  {
    what: "retries by itself",
    caughtBy: ["faults/one-attempt"],
    manners: asking(async (url, options, most) => {
      const answer = await askOnce(url, options, most);
      return answer.status === 503 ? askOnce(url, options, most) : answer;
    }),
  },
  {
    what: "ignores an abort once it has asked",
    caughtBy: ["abort/during", "deadlines/trickle"],
    manners: asking(async (url, { signal, ...options }, most) => {
      signal?.throwIfAborted();
      return askOnce(url, options, most);
    }),
  },
  {
    what: "ignores an abort while the answer arrives",
    caughtBy: ["deadlines/trickle"],
    manners: asking(async (url, { signal, ...options }, most) => {
      const ours = new AbortController();
      const abort = () => ours.abort();
      signal?.throwIfAborted();
      signal?.addEventListener("abort", abort);
      const onAnswer = () => signal?.removeEventListener("abort", abort);
      return askOnce(url, { ...options, signal: ours.signal }, most, onAnswer);
    }),
  },
  {
    what: "takes in 100 MiB",
    caughtBy: ["faults/huge-is-not-kept"],
    manners: { ...goodManners, mostBytes: Number.POSITIVE_INFINITY },
  },
  {
    what: "takes half an answer for a whole one",
    caughtBy: ["faults/half-answer"],
    manners: asking(async (url, options, most) => {
      const answer = await askOnce(url, options, most).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== "ECONNRESET" || error.message !== "aborted") throw error;
        return { status: 404, headers: {}, text: '{"error":"no such secret"}' };
      });
      return answer;
    }),
  },
  {
    what: "takes every 404 for the store's own",
    caughtBy: ["faults/foreign-404"],
    manners: asking(async (url, options, most) => {
      const answer = await askOnce(url, options, most);
      return answer.status === 404 ? { ...answer, text: '{"error":"no such secret"}' } : answer;
    }),
  },
  {
    what: "takes a refused connection for an absence",
    caughtBy: ["faults/down"],
    manners: asking(async (url, options, most) =>
      askOnce(url, options, most).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== "ECONNREFUSED") throw error;
        return { status: 404, headers: {}, text: '{"error":"no such secret"}' };
      }),
    ),
  },
  {
    what: "reads the seconds of Retry-After as milliseconds",
    caughtBy: ["faults/throttled-with-wait-is-passed-on", "faults/unavailable-with-wait-is-passed-on"],
    manners: asking(async (url, options, most) => {
      const answer = await askOnce(url, options, most);
      const wait = answer.headers["retry-after"];
      if (wait === undefined) return answer;
      return { ...answer, headers: { ...answer.headers, "retry-after": String(Number(wait) / 1000) } };
    }),
  },
];
