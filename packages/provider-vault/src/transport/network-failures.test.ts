import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { transportTo } from "../../test/transport-to.ts";
import { networkFailure } from "./network-failures.ts";

const endpoint = { origin: new URL("https://vault.example.com:8200") };
const failed = (code: string) => networkFailure(Object.assign(new Error("canary"), { code }), endpoint);

test.each([
  ["ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED", /client certificate has expired/],
  ["ERR_SSL_SSL/TLS_ALERT_CERTIFICATE_EXPIRED", /client certificate has expired/],
  ["ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE", /client certificate that it trusts/],
  ["ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE", /client certificate that it trusts/],
])("%s, an alert of the server to our certificate, says what to renew", (code, advice) => {
  expect(failed(code)).toEqual({ failure: "unavailable", advice: expect.stringMatching(advice), native: { code } });
});

test.each([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ECONNRESET",
  "EPIPE",
  "EHOSTUNREACH",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "CERT_HAS_EXPIRED",
  "CERT_NOT_YET_VALID",
  "ERR_TLS_CERT_ALTNAME_INVALID",
  "ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE",
  "EPROTO",
  "ERR_SSL_WRONG_VERSION_NUMBER",
  "HPE_INVALID_CONSTANT",
])("%s names whom we asked", (code) => {
  expect(failed(code).advice).toContain("`vault.example.com:8200`");
});

test.each([
  ["https://vault.example.com", "`vault.example.com:443`"],
  ["http://vault.example.com", "`vault.example.com:80`"],
  ["http://[::1]:8200", "`[::1]:8200`"],
  ["https://canary:canary@vault.example.com/canary?canary=canary#canary", "`vault.example.com:443`"],
])("of %s the host and the port are shown", (address, shown) => {
  const { advice } = networkFailure(undefined, { origin: new URL(address) });
  expect(advice).toContain(shown);
  expect(advice).not.toContain("canary");
});

describe("on the wire", () => {
  const request = { method: "GET", path: "/v1/canary", headers: {}, signal: new AbortController().signal };
  async function askAt(url: string, socketPath?: string) {
    const endpoint = { origin: new URL(url), ...(socketPath !== undefined && { socketPath }) };
    const transport = transportTo(url, { endpoint });
    const answer = await transport.send(request);
    transport.close();
    expect(JSON.stringify(answer)).not.toContain("canary");
    return answer;
  }

  test("a port where nobody listens", async () => {
    const server = createServer();
    const port = await listening(server);
    await new Promise((settle) => server.close(settle));
    expect(await askAt(`http://127.0.0.1:${port}`)).toEqual({
      failure: "unavailable",
      advice: expect.stringMatching(new RegExp(`^Nothing listens at \`127\\.0\\.0\\.1:${port}\``)),
      native: { code: "ECONNREFUSED" },
    });
  });

  test("a host that is not known", async () => {
    expect(await askAt("https://no-such-host.invalid")).toMatchObject({
      failure: "unavailable",
      advice: expect.stringContaining("`no-such-host.invalid:443`"),
    });
  });

  test("a Unix socket that is not there", async () => {
    const folder = mkdtempSync(join(tmpdir(), "socket-"));
    const path = join(folder, "agent.sock");
    expect(await askAt("http://localhost", path)).toMatchObject({
      advice: expect.stringContaining(`There is no Unix socket \`${path}\``),
      native: { code: "ENOENT" },
    });
    rmSync(folder, { recursive: true });
  });
});

async function listening(server: Server): Promise<number> {
  await new Promise<void>((settle) => server.listen(0, "127.0.0.1", settle));
  return (server.address() as { port: number }).port;
}
