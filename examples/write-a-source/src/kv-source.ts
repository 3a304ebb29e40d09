import { SecretsError } from "@secretsource/core";
import type { SecretRecord, SecretSource, SourceFailure, SourceScheme } from "@secretsource/core/source";

export interface KvSourceOptions {
  /** Where the store listens: `https://kv.example.com`; plain `http:` on this machine only. */
  readonly url: string;
  readonly token: string;
}

const MAX_ANSWER_BYTES = 4 * 1024 * 1024;

/** Reads the secrets of a key-value store over HTTP. As a URI: `kv:https://kv.example.com`, the token in `KV_TOKEN`. */
export const kvSource = Object.assign(openKv, {
  scheme: "kv",
  fromUri: (text: string) => openKv({ url: text.slice("kv:".length), token: process.env.KV_TOKEN ?? "" }),
} satisfies SourceScheme);

function openKv({ url, token }: KvSourceOptions): SecretSource {
  // Fixed sentences: what `URL` and `Headers` throw quotes what they were given.
  if (!/^https:\/\/[^@]+$|^http:\/\/(localhost|127\.0\.0\.1)(:\d+)?\/?$/.test(url) || !URL.canParse(url))
    throw new SecretsError({ code: "invalid-options", advice: "Give the https URL of the store, without a user." });
  if (!/^[\x21-\x7e]+$/.test(token))
    throw new SecretsError({ code: "invalid-options", advice: "Give the token of the store, or set KV_TOKEN." });

  const ask = (path: string, init: RequestInit) =>
    fetch(new URL(path, url), { ...init, headers: { authorization: `Bearer ${token}` }, redirect: "error" });

  return {
    specVersion: 1,
    kind: "kv",
    traits: { stages: ["current"], versionIds: true, labels: false, binary: true, mints: false },

    async read({ name, version }, { signal }) {
      // A URL drops these two even when they are escaped, and would name something else.
      if (name === "." || name === "..") return { failure: "invalid-request", advice: "No key is called . or .." };
      const query = typeof version === "object" && "id" in version ? `?version=${encodeURIComponent(version.id)}` : "";
      const response = await ask(`/v1/keys/${encodeURIComponent(name)}${query}`, { signal });
      if (!response.ok) return refusal(response);
      const found = response.headers.get("x-kv-version");
      const payload = await bytesOf(response);
      return found === null || payload === undefined ? garbage : { payload, version: found };
    },

    batch: {
      limit: 50,
      async read(refs, { signal }) {
        const keys = refs.filter(({ version }) => version === "current").map(({ name }) => name);
        if (keys.length === 0) return refs.map(() => "alone");
        const response = await ask("/v1/batch", { method: "POST", body: JSON.stringify(keys), signal });
        const refused = response.ok ? undefined : await refusal(response);
        // A store that has no batches yet: not "these keys do not exist", and no outage.
        if (refused !== undefined) return response.status === 404 ? { failure: "unsupported" } : refused;
        const records = recordsIn(await bytesOf(response));
        // A key without a record is read alone: `read` knows how to name its refusal.
        return records === undefined
          ? garbage
          : refs.map(({ name, version }) => (version === "current" && records.get(name)) || "alone");
      },
    },

    classify(error) {
      // A connection that failed bears its reason; a `TypeError` without one is a mistake in this file.
      return error instanceof TypeError && error.cause !== undefined ? { failure: "unavailable" } : undefined;
    },
  };
}

const garbage: SourceFailure = { failure: "payload-corrupt", advice: "Is this the URL of the store itself?" };

async function refusal(response: Response): Promise<SourceFailure> {
  await response.body?.cancel();
  const code = response.headers.get("x-kv-error");
  const native = { status: response.status, ...(code !== null && { code }) };
  const seconds = Number(response.headers.get("retry-after"));
  const wait = seconds > 0 ? { retryAfterMs: seconds * 1_000 } : {};
  switch (response.status) {
    case 401:
      return { failure: "unauthenticated", advice: "The store does not know the token: has it expired?", native };
    case 403:
      return { failure: "access-denied", advice: "Grant the token `keys:read` on this key.", native };
    case 404:
      if (code === "no-such-key") return { failure: "not-found", native };
      if (code === "no-such-version") return { failure: "version-not-found", native };
      return { failure: "unavailable", advice: "Something else answers at the store's URL.", native };
    case 429:
      return { failure: "throttled", native, ...wait };
    default:
      return { failure: response.status >= 500 ? "unavailable" : "unknown", native, ...wait };
  }
}

/** Undefined when there is more than a store of small values would send. */
async function bytesOf(response: Response): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > MAX_ANSWER_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function recordsIn(answer: Uint8Array | undefined): ReadonlyMap<string, SecretRecord> | undefined {
  try {
    const items: { key: string; version: string; base64?: string }[] = JSON.parse(new TextDecoder().decode(answer));
    const found = items.filter(({ base64 }) => base64 !== undefined);
    return new Map(
      found.map(({ key, version, base64 = "" }) => [key, { payload: Buffer.from(base64, "base64"), version }]),
    );
  } catch {
    return undefined; // What it threw quotes the answer.
  }
}
