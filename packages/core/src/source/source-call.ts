/** Which method of a source was under way. `watch` is not among them: core starts it again whatever ended it. */
export type SourceCall = "read" | "batch" | "probe" | "renew" | "revoke";
