import type { WireAnswer } from "@secretsource/conformance/wire";
import type { FakeRequest } from "./fake-request.ts";
import { refuse, reply, unsupportedOperation } from "./reply.ts";

interface FakeVersion {
  /** JSON text, as it was written. */
  json: string;
  readonly createdAt: number;
  deletedAt?: number;
  destroyed?: boolean;
}

const date = (ms: number | undefined) => (ms === undefined ? "" : new Date(ms).toISOString());

/** A kv engine of version 2. */
export class FakeKv {
  readonly secrets = new Map<string, FakeVersion[]>();
  readonly custom = new Map<string, Record<string, string>>();
  readonly options = { version: "2" };
  readonly type = "kv";
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  put(name: string, json: string): string {
    const versions = this.secrets.get(name) ?? [];
    this.secrets.set(name, versions);
    return String(versions.push({ json, createdAt: this.#now() }));
  }

  version(name: string, number = this.secrets.get(name)?.length ?? 0): FakeVersion {
    const version = this.secrets.get(name)?.[number - 1];
    if (version === undefined) throw new Error("The fake has no such version.");
    return version;
  }

  handle({ below, method, query }: FakeRequest): WireAnswer {
    const [, kind, name = ""] = /^(data|metadata)\/(.+)$/.exec(below) ?? [];
    if (kind === undefined) return this.#notVersioned();
    if (method !== "GET") return unsupportedOperation();
    const versions = this.secrets.get(name);
    if (versions === undefined) return refuse(404);
    return kind === "data"
      ? this.#data(name, versions, Number(query.get("version") ?? 0))
      : this.#metadata(name, versions);
  }

  #data(name: string, versions: readonly FakeVersion[], asked: number): WireAnswer {
    const number = asked === 0 ? versions.length : asked;
    const version = versions[number - 1];
    if (version === undefined) return refuse(404);
    const { json, createdAt, deletedAt, destroyed = false } = version;
    const metadata = {
      created_time: date(createdAt),
      custom_metadata: this.custom.get(name) ?? null,
      deletion_time: date(deletedAt),
      destroyed,
      version: number,
    };
    const isGone = destroyed || (deletedAt !== undefined && deletedAt <= this.#now());
    if (isGone) return { ...reply({ data: { data: null, metadata } }), status: 404 };
    const marker = `"@${name.length}@"`;
    const answer = reply({ data: { data: JSON.parse(marker), metadata } });
    // The value's own text, with its numbers.
    return { ...answer, body: String(answer.body).replace(marker, () => json) };
  }

  #metadata(name: string, versions: readonly FakeVersion[]): WireAnswer {
    const facts = versions.map(({ createdAt, deletedAt, destroyed = false }, index) => [
      String(index + 1),
      { created_time: date(createdAt), deletion_time: date(deletedAt), destroyed },
    ]);
    const custom_metadata = this.custom.get(name) ?? null;
    const data = {
      current_version: versions.length,
      oldest_version: 1,
      versions: Object.fromEntries(facts),
      custom_metadata,
    };
    return reply({ data });
  }

  #notVersioned(): WireAnswer {
    const warnings = [
      "Invalid path for a versioned K/V secrets engine. See the API docs for the appropriate API endpoints to use.",
    ];
    return { ...reply({ warnings }), status: 404 };
  }
}

/** One of version 1. */
export class FakeKv1 {
  readonly secrets = new Map<string, string>();
  readonly options = null;
  readonly type = "kv";

  handle({ below, method }: FakeRequest): WireAnswer {
    if (method !== "GET") return unsupportedOperation();
    const json = this.secrets.get(below);
    if (json === undefined) return refuse(404);
    const answer = reply({ lease_duration: 2764800, data: "@value@" });
    return { ...answer, body: String(answer.body).replace('"@value@"', () => json) };
  }
}
