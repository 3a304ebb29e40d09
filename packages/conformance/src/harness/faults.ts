import type { FailureCode } from "@secretsource/core/source";

/** What a fault is, and which codes a read during it may be answered with. */
export interface Fault {
  /** One sentence: what the store does. */
  readonly what: string;
  /** The codes that fit. Empty: it is answered with a record, or not at all. */
  readonly codes: readonly FailureCode[];
  /** Happens on a network alone. */
  readonly network: boolean;
}

/** What the faults that say how long to wait are to say, seconds: `Retry-After: 7`. */
export const retryAfterSeconds = 7;

/** How often a fault may be tried again by core is core's matter: the source names it, once. */
export const faults = {
  down: { what: "The store cannot be reached.", codes: ["unavailable"], network: false },
  unauthenticated: {
    what: "The store does not accept the credentials (401, an expired token).",
    codes: ["unauthenticated"],
    network: false,
  },
  garbage: {
    what: "The store answers what is none of its answers: broken JSON.",
    codes: ["payload-corrupt", "unavailable"],
    network: false,
  },
  slow: { what: "The store answers after a delay of 20 to 100 ms.", codes: [], network: true },
  hang: { what: "The store takes the request and never answers.", codes: [], network: true },
  trickle: { what: "The answer arrives one byte at a time and takes minutes.", codes: [], network: true },
  "reset-before": {
    what: "The connection is reset before the request is read.",
    codes: ["unavailable"],
    network: true,
  },
  "reset-after": {
    what: "The connection is reset after the request, without an answer.",
    codes: ["unavailable"],
    network: true,
  },
  "half-answer": {
    what: "The connection ends in the middle of the answer.",
    codes: ["unavailable", "payload-corrupt"],
    network: true,
  },
  throttled: { what: "The store answers 429 and does not say how long.", codes: ["throttled"], network: true },
  "throttled-with-wait": {
    what: `The store answers 429 with \`Retry-After: ${retryAfterSeconds}\`.`,
    codes: ["throttled"],
    network: true,
  },
  unavailable: { what: "The store answers 503 and does not say how long.", codes: ["unavailable"], network: true },
  "unavailable-with-wait": {
    what: `The store answers 503 with \`Retry-After: ${retryAfterSeconds}\`.`,
    codes: ["unavailable"],
    network: true,
  },
  "foreign-404": {
    what: "Something in between answers 404 with a page of its own.",
    codes: ["unavailable", "payload-corrupt", "unknown"],
    network: true,
  },
  redirect: {
    what: "The store answers with a redirect to another host, which would answer as well.",
    codes: ["unavailable", "unsupported", "invalid-request", "payload-corrupt"],
    network: true,
  },
  huge: {
    what: "The answer is 100 MiB long and no record.",
    codes: ["unavailable", "unsupported", "payload-corrupt", "aborted", "timeout"],
    network: true,
  },
} as const satisfies Readonly<Record<string, Fault>>;

export type FaultName = keyof typeof faults;

export const faultNames = Object.keys(faults) as readonly FaultName[];
