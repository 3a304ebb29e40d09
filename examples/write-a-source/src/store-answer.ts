export interface StoreRequest {
  readonly method: string;
  readonly url: string;
  readonly token: string | undefined;
  readonly body: string;
}

export interface StoreAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string;
}

/** Every version of every key, oldest first; the first one is version `"1"`. */
export type Keys = ReadonlyMap<string, readonly Buffer[]>;
/** What each token may read. */
export type Grants = Readonly<Record<string, (key: string) => boolean>>;

const BATCH_LIMIT = 50;

/** What the store has to say. The word in `x-kv-error` is its own: a proxy in between does not know it. */
export function answerTo(request: StoreRequest, keys: Keys, grants: Grants): StoreAnswer {
  const mayRead = request.token === undefined ? undefined : grants[request.token];
  if (mayRead === undefined) return refusal(401, "no-such-token");
  const url = new URL(request.url, "http://store.invalid");
  if (request.method === "POST" && url.pathname === "/v1/batch") return batch(request.body, keys, mayRead);
  const [, key] = /^\/v1\/keys\/([^/]+)$/.exec(url.pathname) ?? [];
  if (key === undefined) return refusal(404, "no-such-route");
  return one(decodeURIComponent(key), url.searchParams.get("version"), keys, mayRead);
}

function one(key: string, asked: string | null, keys: Keys, mayRead: (key: string) => boolean): StoreAnswer {
  if (!mayRead(key)) return refusal(403, "not-granted");
  const versions = keys.get(key);
  if (versions === undefined) return refusal(404, "no-such-key");
  const version = asked ?? String(versions.length);
  const body = versions[Number(version) - 1];
  if (body === undefined) return refusal(404, "no-such-version");
  return { status: 200, headers: { "x-kv-version": version }, body };
}

function batch(body: string, keys: Keys, mayRead: (key: string) => boolean): StoreAnswer {
  const asked = JSON.parse(body) as readonly string[];
  if (asked.length > BATCH_LIMIT) return refusal(400, "too-many-keys");
  const items = asked.map((key) => {
    const { headers, body } = one(key, null, keys, mayRead);
    if (!(body instanceof Buffer)) return { key, error: headers?.["x-kv-error"] };
    return { key, version: headers?.["x-kv-version"], base64: body.toString("base64") };
  });
  return { status: 200, headers: { "content-type": "application/json" }, body: JSON.stringify(items) };
}

function refusal(status: number, error: string): StoreAnswer {
  return { status, headers: { "x-kv-error": error } };
}
