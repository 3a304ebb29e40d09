import { secretIdOf } from "../../src/secret-id.ts";
import { fakeProject } from "../fake/fake-secrets.ts";

/** The administrator of a drongo, over REST. */
export class DrongoAdmin {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  async put(name: string, payload: string | Uint8Array): Promise<string> {
    const id = idOf(name);
    const secrets = `v1/projects/${fakeProject}/secrets`;
    const isThere = await this.#call("GET", `${secrets}/${id}`).then(
      () => true,
      () => false,
    );
    if (!isThere) await this.#call("POST", `${secrets}?secretId=${id}`, { replication: { automatic: {} } });
    const data = Buffer.from(payload as string).toString("base64");
    const version = await this.#call("POST", `${secrets}/${id}:addVersion`, { payload: { data } });
    return String(version.name).split("/").at(-1) ?? "";
  }

  async setState(name: string, version: string, verb: "disable" | "enable" | "destroy"): Promise<void> {
    await this.#call("POST", `v1/projects/${fakeProject}/secrets/${idOf(name)}/versions/${version}:${verb}`, {});
  }

  async remove(name: string): Promise<void> {
    await this.#call("DELETE", `v1/projects/${fakeProject}/secrets/${idOf(name)}`);
  }

  async #call(method: string, path: string, body?: object): Promise<Readonly<Record<string, unknown>>> {
    const answer = await fetch(`${this.#url}/${path}`, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`drongo: ${method} ${path}: ${answer.status} ${text}`);
    return text === "" ? {} : (JSON.parse(text) as Record<string, unknown>);
  }
}

function idOf(name: string): string {
  const id = secretIdOf(name);
  if (id === undefined) throw new Error(`${name} has no id`);
  return id;
}
