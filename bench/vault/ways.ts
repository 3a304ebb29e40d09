import { bareRead, ourSecrets, ourSource } from "./clients.ts";

const context = { signal: new AbortController().signal, bypassCaches: false };

/** Cold reads one after the other, each over a connection that is open; every one is of a name that its reader has not seen. */
export function waysTo(port: number) {
  const source = ourSource(port);
  const secrets = ourSecrets(port);
  const read = { bare: 0, source: 0, secrets: 0 };
  const next = (way: keyof typeof read) => `secret-${read[way]++}`;
  return {
    async bare(times: number) {
      for (let time = 0; time < times; time++) await bareRead(port, next("bare"));
    },
    async source(times: number) {
      for (let time = 0; time < times; time++) {
        const { failure } = await source.read({ name: next("source"), version: "current" }, context);
        if (failure !== undefined) throw new Error(failure);
      }
    },
    async secrets(times: number) {
      for (let time = 0; time < times; time++) await secrets.getSecret(next("secrets"), { as: "json" });
    },
  };
}
