/** AWS's caches that listen on the loopback. */
export type SecretsAgentCache = "agent" | "lambda-extension";
