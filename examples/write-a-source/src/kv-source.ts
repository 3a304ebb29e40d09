import type { SecretRecord, SecretRef, SecretSource, SourceFailure, SourceScheme } from "@secretsource/core/source";

export interface KvSourceOptions {
  /** Where the store listens: `https://kv.example.com`. */
  readonly url: string;
  readonly token: string;
}

const MAX_ANSWER_BYTES = 4 * 1024 * 1024;

/** Reads the secrets of a key-value store over HTTP. */
export function kvSource({ url, token }: KvSourceOptions): SecretSource {
  const headers = new Headers({ authorization: `Bearer ${token}` });
  const ask = (path: string, init: RequestInit) => fetch(new URL(path, url), { ...init, headers, redirect: "error" });

  return {
    specVersion: 1,
    kind: "kv",
    traits: { stages: ["current"], versionIds: true, labels: false, binary: true, mints: false },

    async read(ref, { signal }) {
      if (isDots(ref.name)) return noSuchName;
      const response = await ask(pathOf(ref), { signal });
      if (!response.ok) return refusal(response);
      const version = response.headers.get("x-kv-version");
      const payload = await bytesOf(response);
      return version === null || payload === undefined ? garbage : { payload, version };
    },

    async probe(ref, { signal }) {
      if (isDots(ref.name)) return noSuchName;
      const response = await ask(pathOf(ref), { method: "HEAD", signal });
      if (!response.ok) return refusal(response);
      const version = response.headers.get("x-kv-version");
      return version === null ? garbage : { version };
    },

    batch: {
      limit: 50,
      async read(refs, { signal }) {
        const keys = refs.filter(({ version }) => version === "current").map(({ name }) => name);
        if (keys.length === 0) return refs.map(() => "alone");
        const response = await ask("/v1/batch", { method: "POST", body: JSON.stringify(keys), signal });
        if (!response.ok) return refusal(response);
        const records = recordsIn(await bytesOf(response));
        // A key that was refused is read alone: its refusal then comes with a status.
        return refs.map(({ name, version }) => (version === "current" && records.get(name)) || "alone");
      },
    },

    classify(error) {
      // A connection that failed bears its reason; a `TypeError` without one is a mistake in this file.
      return error instanceof TypeError && error.cause !== undefined ? { failure: "unavailable" } : undefined;
    },
  };
}

/** `kv:https://kv.example.com`, with the token in `KV_TOKEN`. */
export const kvScheme: SourceScheme = {
  scheme: "kv",
  fromUri(text) {
    const token = process.env.KV_TOKEN;
    if (!token) throw new TypeError("kv: needs the token of the store in KV_TOKEN");
    return kvSource({ url: text.slice("kv:".length), token });
  },
};

const garbage: SourceFailure = { failure: "payload-corrupt", advice: "Is this the address of the store itself?" };
const noSuchName: SourceFailure = { failure: "invalid-request", advice: "No key is called `.` or `..`." };

// A URL drops these two segments even when they are escaped, and would name something else.
function isDots(name: string): boolean {
  return name === "." || name === "..";
}

function pathOf({ name, version }: SecretRef): string {
  const query = typeof version === "object" && "id" in version ? `?version=${encodeURIComponent(version.id)}` : "";
  return `/v1/keys/${encodeURIComponent(name)}${query}`;
}

async function refusal(response: Response): Promise<SourceFailure> {
  await response.body?.cancel();
  const native = { status: response.status, code: response.headers.get("x-kv-error") ?? "none" };
  const retryAfter = Number(response.headers.get("retry-after"));
  switch (response.status) {
    case 401:
      return { failure: "unauthenticated", advice: "The store does not know the token in KV_TOKEN.", native };
    case 403:
      return { failure: "access-denied", advice: "Grant the token `keys:read` on this key.", native };
    case 404:
      if (native.code === "no-such-key") return { failure: "not-found", native };
      if (native.code === "no-such-version") return { failure: "version-not-found", native };
      return { failure: "unavailable", advice: "Something answers in place of the store: check its URL.", native };
    case 429:
      return { failure: "throttled", native, ...(retryAfter > 0 && { retryAfterMs: retryAfter * 1_000 }) };
    default:
      return { failure: response.status >= 500 ? "unavailable" : "unknown", native };
  }
}

async function bytesOf(response: Response): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > MAX_ANSWER_BYTES) return undefined;
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

function recordsIn(answer: Uint8Array | undefined): Map<string, SecretRecord> {
  const items = JSON.parse(new TextDecoder().decode(answer)) as { key: string; version: string; base64?: string }[];
  const found = items.filter((item) => item.base64 !== undefined);
  return new Map(
    found.map(({ key, version, base64 = "" }) => [key, { payload: Buffer.from(base64, "base64"), version }]),
  );
}
