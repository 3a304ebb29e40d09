import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test, vi } from "vitest";
import type { HttpRequest } from "./http-message.ts";
import { nodeVaultClient } from "./node-vault-client.ts";
import * as sdk from "./node-vault-sdk.ts";

const run = promisify(execFile);
const signal = new AbortController().signal;
const ok = { status: 200, headers: {}, text: "{}" };

function clientThat(answer: (request: HttpRequest) => unknown = () => ok) {
  const sent: HttpRequest[] = [];
  const client = nodeVaultClient(sdk, async (request) => {
    sent.push(request);
    return answer(request) as typeof ok;
  });
  return { client, sent };
}

test("passes method, path, headers, body and signal to the transport as they are", async () => {
  const { client, sent } = clientThat();
  const path = "/secret/data/a%20b%3Fx%23y%2Fz?version=2";
  await client({ method: "POST", path, headers: { "x-vault-token": "t" }, json: { a: "&#x2F;" }, signal });
  expect(sent).toEqual([
    { method: "POST", path: `/v1${path}`, headers: { "x-vault-token": "t" }, body: '{"a":"&#x2F;"}', signal },
  ]);
});

test("no body where there is none", async () => {
  const { client, sent } = clientThat();
  await client({ method: "GET", path: "/a", headers: {}, signal });
  expect(sent[0]).not.toHaveProperty("body");
});

test.each([200, 202, 204, 307, 400, 403, 404, 429, 503])("gives a %i back whole", async (status) => {
  const answer = { status, headers: { "retry-after": "7" }, text: '{"errors":["x"]}' };
  const { client } = clientThat(() => answer);
  expect(await client({ method: "GET", path: "/sys/health", headers: {}, signal })).toBe(answer);
});

test("what the transport throws comes through", async () => {
  const reason = new Error("aborted");
  const { client } = clientThat(() => {
    throw reason;
  });
  await expect(client({ method: "GET", path: "/a", headers: {}, signal })).rejects.toBe(reason);
});

describe("the environment", () => {
  test("puts nothing into a request that did not ask for it", async () => {
    vi.stubEnv("VAULT_TOKEN", "hvs.of-the-environment");
    vi.stubEnv("VAULT_NAMESPACE", "of-the-environment");
    vi.stubEnv("VAULT_PREFIX", "/of-the-environment");
    vi.stubEnv("VAULT_ADDR", "http://of-the-environment:1");
    try {
      const { client, sent } = clientThat();
      await client({ method: "GET", path: "/a", headers: {}, signal });
      expect(sent).toEqual([{ method: "GET", path: "/v1/a", headers: {}, signal }]);
    } finally {
      vi.unstubAllEnvs();
    }
  });

  test("does not make node-vault print what is written", async () => {
    const program = `
      import { nodeVaultClient } from ${JSON.stringify(join(import.meta.dirname, "node-vault-client.ts"))};
      import * as sdk from ${JSON.stringify(join(import.meta.dirname, "node-vault-sdk.ts"))};
      const client = nodeVaultClient(sdk, async () => ({ status: 403, headers: {}, text: "canary" }));
      const { signal } = new AbortController();
      await client({ method: "POST", path: "/auth/approle/login", headers: { a: "canary" }, json: { b: "canary" }, signal });
      console.error("it ran");`;
    const env = { ...process.env, DEBUG: "*", DEBUG_HIDE_DATE: "1" };
    const { stdout, stderr } = await run(process.execPath, ["--input-type=module", "--eval", program], { env });
    expect(stderr).toContain("it ran");
    expect(stdout + stderr).not.toContain("canary");
  });
});
