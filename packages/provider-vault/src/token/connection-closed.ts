import type { SourceFailure } from "@secretsource/core/source";

/** What everything comes to that is asked for behind the close. */
export const connectionClosed: SourceFailure = { failure: "unavailable", advice: "The connection is closed." };
