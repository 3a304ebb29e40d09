import { type IncomingMessage, request as plainRequest, type RequestOptions } from "node:http";
import { request as secureRequest } from "node:https";
import type { SecretRecord, SecretRef, SecretSource, SourceFailure } from "@secretsource/core/source";
import type { StoreAccess } from "./http-store.ts";

const longest = 200;
const mostBytes = 64 * 1024;

/** How a source of the small HTTP store goes about it; what is broken on purpose replaces a part. */
export interface HttpManners {
  /** One request and its whole answer. */
  readonly ask: typeof askOnce;
  /** How much of an answer is taken in. */
  readonly mostBytes: number;
}

export const goodManners: HttpManners = { ask: askOnce, mostBytes };

export interface Answered {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly text: string;
}

class TooLong extends Error {}

/** A source as it ought to be: one request a read, aborted by its signal, bounded, and no redirect followed. */
export function httpSource(access: StoreAccess, { ask, mostBytes }: HttpManners = goodManners): SecretSource {
  return {
    specVersion: 1,
    kind: "http-store",
    traits: { stages: ["current"], versionIds: true, labels: false, binary: false, mints: false },
    async read({ name, version }, { signal }) {
      if (name === "." || name === ".." || name.length > longest) return illegal;
      const query = typeof version === "object" && "id" in version ? `?version=${encodeURIComponent(version.id)}` : "";
      const url = `${access.url}/secrets/${encodeURIComponent(name)}${query}`;
      const answer = await ask(url, { headers: { "x-store-token": access.token }, ca: access.ca, signal }, mostBytes);
      return toRecord(answer, { name, version });
    },
    classify(error) {
      if (error instanceof TooLong) return { failure: "unsupported", advice: "The answer is larger than a secret." };
      return error instanceof Error && "code" in error ? { failure: "unavailable" } : undefined;
    },
  };
}

const illegal: SourceFailure = { failure: "invalid-request", advice: "Names are neither . nor .., and 200 letters." };

export function askOnce(
  url: string,
  options: RequestOptions & { readonly ca?: string | undefined },
  most: number,
  onAnswer = () => {},
) {
  return new Promise<Answered>((resolve, reject) => {
    options.signal?.throwIfAborted();
    // A connection for each: one that is kept may be reset by the fault that is to come, before the client has noticed.
    const request = (url.startsWith("https:") ? secureRequest : plainRequest)(url, { ...options, agent: false });
    request.once("error", reject).once("response", (incoming) => {
      onAnswer();
      const chunks: Buffer[] = [];
      let size = 0;
      incoming.on("data", (chunk: Buffer) => {
        size += chunk.byteLength;
        chunks.push(chunk);
        if (size > most) request.destroy(new TooLong());
      });
      incoming.once("error", reject).once("end", () => {
        const { statusCode: status = 0, headers } = incoming;
        resolve({ status, headers, text: Buffer.concat(chunks).toString("utf8") });
      });
    });
    request.end();
  });
}

function toRecord({ status, headers, text }: Answered, { version }: SecretRef): SecretRecord | SourceFailure {
  const body = parsed(text);
  const native = { status };
  const wait = headers["retry-after"];
  const patience = wait === undefined ? {} : { retryAfterMs: Number(wait) * 1000 };
  if (status === 429) return { failure: "throttled", native, ...patience };
  if (status >= 500) return { failure: "unavailable", native, ...patience };
  if (status === 401) return { failure: "unauthenticated", native };
  if (status === 403) return { failure: "access-denied", advice: "Grant the token the right to read it.", native };
  if (body?.error === "no such secret") return { failure: "not-found", native };
  if (body?.error === "no such version")
    return { failure: typeof version === "object" ? "version-not-found" : "not-found" };
  if (status === 200 && typeof body?.value === "string") return { payload: body.value, version: String(body.version) };
  return { failure: "payload-corrupt", advice: "Something else answers at the store's address.", native };
}

function parsed(text: string): { readonly [key: string]: unknown } | undefined {
  try {
    return JSON.parse(text) as { readonly [key: string]: unknown };
  } catch {
    return undefined; // What it threw quotes the answer.
  }
}
