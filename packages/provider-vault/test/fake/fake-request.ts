import type { WireRequest } from "@secretsource/conformance/wire";
import type { FakeToken } from "./fake-token.ts";

/** A request as an engine or a login sees it. */
export interface FakeRequest {
  readonly method: string;
  /** Decoded, below `/v1/`. */
  readonly path: string;
  /** Decoded, below the mount. */
  readonly below: string;
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
  readonly token: FakeToken | undefined;
  readonly wire: WireRequest;
}

export function decodedPath({ path }: WireRequest): string {
  return path
    .replace(/^\/v1\//, "")
    .split("/")
    .map(decodeURIComponent)
    .join("/");
}

export function bodyOf({ text }: WireRequest): Readonly<Record<string, unknown>> {
  return text === "" ? {} : (JSON.parse(text) as Record<string, unknown>);
}
