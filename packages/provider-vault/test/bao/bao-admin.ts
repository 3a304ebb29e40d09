import { once } from "node:events";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { text } from "node:stream/consumers";
import { baoToken } from "../../../../tools/servers/index.ts";

/** Speaks to a real server as its administrator does, by an address that has no proxy before it. */
export class BaoAdmin {
  readonly #url: string;
  readonly #ca: string | undefined;
  readonly #token: string;

  constructor(url: string, ca?: string, token: string = baoToken) {
    this.#url = url;
    this.#ca = ca;
    this.#token = token;
  }

  /** @param path Encoded, below `/v1/`. */
  async call(method: string, path: string, body?: object): Promise<Record<string, unknown>> {
    const sent = await this.#send(method, path, body === undefined ? "" : JSON.stringify(body));
    if (sent.status >= 300) throw new Error(`${method} ${path}: ${sent.status} ${sent.text}`);
    return sent.text === "" ? {} : (JSON.parse(sent.text) as Record<string, unknown>);
  }

  /** The ids of the leases below a path. */
  async leasesOf(path: string): Promise<readonly string[]> {
    const { status, text: answer } = await this.#send("LIST", `sys/leases/lookup/${path}`, "");
    if (status === 404) return [];
    if (status !== 200) throw new Error(`LIST sys/leases/lookup/${path}: ${status} ${answer}`);
    return (JSON.parse(answer) as { data: { keys: string[] } }).data.keys;
  }

  /** True if the server knows this token. */
  async isAlive(token: string): Promise<boolean> {
    const { status } = await this.#send("POST", "auth/token/lookup", JSON.stringify({ token }));
    return status === 200;
  }

  /** What `call` gives, inside of a wrapping token: gives that. */
  async wrapped(method: string, path: string, body: object): Promise<string> {
    const { text: answer } = await this.#send(method, path, JSON.stringify(body), { "x-vault-wrap-ttl": "60s" });
    return (JSON.parse(answer) as { wrap_info: { token: string } }).wrap_info.token;
  }

  async #send(method: string, path: string, body: string, more = {}): Promise<{ status: number; text: string }> {
    const headers = { "x-vault-token": this.#token, "content-type": "application/json", ...more };
    const send = this.#url.startsWith("https:") ? httpsRequest : httpRequest;
    const outgoing = send(`${this.#url}/v1/${path}`, { method, headers, ca: this.#ca });
    outgoing.end(body);
    const [incoming] = (await once(outgoing, "response")) as [IncomingMessage];
    return { status: incoming.statusCode ?? 0, text: await text(incoming) };
  }

  async policy(name: string, rules: Readonly<Record<string, readonly string[]>>): Promise<void> {
    const policy = Object.entries(rules)
      .map(([path, capabilities]) => `path ${JSON.stringify(path)} { capabilities = ${JSON.stringify(capabilities)} }`)
      .join("\n");
    await this.call("PUT", `sys/policies/acl/${name}`, { policy });
  }

  /** A token with this policy and the default one. */
  async token(policy: string, options: object = {}): Promise<string> {
    const { auth } = await this.call("POST", "auth/token/create", { policies: [policy], ...options });
    return (auth as { client_token: string }).client_token;
  }
}

export function encoded(name: string): string {
  return name.split("/").map(encodeURIComponent).join("/");
}
