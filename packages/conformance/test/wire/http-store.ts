import { randomUUID } from "node:crypto";
import {
  type FaultyServer,
  type FaultyServerOptions,
  jsonAnswer,
  startWireServer,
  type WireAnswer,
  type WireRequest,
} from "../../src/wire/index.ts";

/** A small store over HTTP, and those who own it. */
export interface HttpStore {
  readonly server: FaultyServer;
  readonly token: string;
  readonly values: Map<string, readonly string[]>;
  readonly denied: Set<string>;
}

/** What a source is told: the way to the store may lead through a proxy. */
export interface StoreAccess {
  readonly url: string;
  readonly token: string;
  /** PEM of the authority that the store's certificate is from. */
  readonly ca?: string;
}

export async function openHttpStore(options: FaultyServerOptions = {}): Promise<HttpStore> {
  const token = `token-${randomUUID()}`;
  const values = new Map<string, readonly string[]>();
  const denied = new Set<string>();
  const server = await startWireServer((request) => answerTo(request, token, values, denied), options);
  return { server, token, values, denied };
}

function answerTo(
  { headers, path, query }: WireRequest,
  token: string,
  values: ReadonlyMap<string, readonly string[]>,
  denied: ReadonlySet<string>,
): WireAnswer {
  const refuse = (status: number, error: string) => jsonAnswer({ error }, { status });
  if (headers["x-store-token"] !== token) return refuse(401, "who are you");
  const [, escaped = ""] = /^[/]secrets[/]([^/]+)$/.exec(path) ?? [];
  const name = decodeURIComponent(escaped);
  if (denied.has(name)) return refuse(403, "denied");
  const versions = values.get(name);
  if (versions === undefined) return refuse(404, "no such secret");
  const version = query.get("version") ?? String(versions.length);
  const value = versions[Number(version) - 1];
  return value === undefined ? refuse(404, "no such version") : jsonAnswer({ value, version });
}
