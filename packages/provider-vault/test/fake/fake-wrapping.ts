import { randomBytes } from "node:crypto";
import type { WireAnswer } from "@secretsource/conformance/wire";
import type { FakeRequest } from "./fake-request.ts";
import { refuse, reply } from "./reply.ts";

/** `sys/wrapping`: what is opened is gone. */
export class FakeWrapping {
  readonly #wrapped = new Map<string, { readonly data: object; readonly creationPath: string }>();

  wrap(data: object, creationPath: string): string {
    const token = `hvs.wrapping-${randomBytes(12).toString("base64url")}`;
    this.#wrapped.set(token, { data, creationPath });
    return token;
  }

  handle({ path, body, wire }: FakeRequest): WireAnswer {
    const token = String(body.token ?? wire.headers["x-vault-token"]);
    const found = this.#wrapped.get(token);
    if (found === undefined) return refuse(400, "wrapping token is not valid or does not exist");
    if (path === "sys/wrapping/lookup") return reply({ data: { creation_path: found.creationPath, creation_ttl: 60 } });
    this.#wrapped.delete(token);
    return reply({ data: found.data });
  }
}
