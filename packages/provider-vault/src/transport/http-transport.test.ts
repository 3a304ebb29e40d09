import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { jsonAnswer, makeAuthority, startWireServer } from "@secretsource/conformance/wire";
import { describe, expect, test } from "vitest";
import { transportTo } from "../../test/transport-to.ts";
import type { TlsMaterial } from "./endpoint.ts";

const canary = "hvs.canary-7f21";
const never = new AbortController().signal;

function request(path = "/v1/a", signal = never) {
  return { method: "POST", path, headers: { "x-vault-token": canary }, body: '{"b":1}', signal };
}

test("carries method, path, headers and body, and brings back status, headers and text", async () => {
  await using server = await startWireServer(() =>
    jsonAnswer({ ok: true }, { status: 202, headers: { "X-One": "1" } }),
  );
  const transport = transportTo(server.url);
  const answer = await transport.send(request("/v1/a%20b?x=1"));
  expect(answer).toMatchObject({ status: 202, headers: { "x-one": "1" }, text: '{"ok":true}' });
  const [seen] = server.requests;
  expect([seen?.method, seen?.url, seen?.text]).toEqual(["POST", "/v1/a%20b?x=1", '{"b":1}']);
  expect(seen?.headers).toMatchObject({ "x-vault-token": canary, "content-length": "7" });
  transport.close();
});

test("speaks to a Unix socket", async () => {
  const folder = mkdtempSync(join(tmpdir(), "vault-"));
  const socketPath = join(folder, "agent.sock");
  const server = createServer((incoming, response) => response.end(incoming.url)).listen(socketPath);
  const transport = transportTo("http://localhost", { endpoint: { origin: new URL("http://localhost"), socketPath } });
  try {
    expect(await transport.send(request("/v1/through"))).toMatchObject({ status: 200, text: "/v1/through" });
  } finally {
    transport.close();
    server.close();
    rmSync(folder, { recursive: true });
  }
});

describe("abort and limits", () => {
  test("an abort ends the request on the wire, and is what is thrown", async () => {
    await using server = await startWireServer(() => new Promise(() => {}));
    const transport = transportTo(server.url);
    const controller = new AbortController();
    const sent = transport.send(request("/v1/a", controller.signal));
    const arrived = await server.request(1);
    const reason = new Error("enough");
    controller.abort(reason);
    await expect(sent).rejects.toBe(reason);
    expect(await arrived.end).toBe("cut");
    transport.close();
  });

  test("an abort before sends nothing", async () => {
    await using server = await startWireServer(() => jsonAnswer({}));
    const transport = transportTo(server.url);
    await expect(transport.send(request("/v1/a", AbortSignal.abort()))).rejects.toThrow();
    expect(server.requests).toHaveLength(0);
    transport.close();
  });

  test("an abort in the middle of an answer", async () => {
    await using server = await startWireServer(() => jsonAnswer({ a: "b" }));
    await server.inject("trickle");
    const transport = transportTo(server.url);
    const controller = new AbortController();
    const sent = transport.send(request("/v1/a", controller.signal));
    await server.request(1);
    setTimeout(() => controller.abort(), 50);
    await expect(sent).rejects.toThrow();
    transport.close();
  });

  test.each([
    [1000, 200],
    [1001, undefined],
  ])("an answer of %i bytes, where 1,000 are the most", async (length, status) => {
    await using server = await startWireServer(() => ({ body: "x".repeat(length) }));
    const transport = transportTo(server.url);
    const answer = await transport.send(request());
    expect("status" in answer ? answer.status : answer.failure).toBe(status ?? "unsupported");
    transport.close();
  });

  test("100 MiB are not taken", async () => {
    await using server = await startWireServer(() => jsonAnswer({}));
    await server.inject("huge");
    const transport = transportTo(server.url);
    expect(await transport.send(request())).toMatchObject({ failure: "unsupported" });
    transport.close();
    expect(server.takenBytes).toBeLessThan(20 * 1024 * 1024);
  });

  test("what is no text is corrupt", async () => {
    await using server = await startWireServer(() => ({ body: Uint8Array.from([0xff, 0xfe, 0xc3]) }));
    const transport = transportTo(server.url);
    expect(await transport.send(request())).toMatchObject({ failure: "payload-corrupt" });
    transport.close();
  });
});

describe("redirects", () => {
  async function twoServers(status: number) {
    const active = await startWireServer(({ text }) => jsonAnswer({ active: true, text }));
    const standby = await startWireServer(({ url }) => ({ status, headers: { location: `${active.url}${url}` } }));
    return { active, standby };
  }

  test.each([307, 308])("%i: not to another host, and no byte goes there", async (status) => {
    const { active, standby } = await twoServers(status);
    const transport = transportTo(standby.url);
    const answer = await transport.send(request());
    expect(answer).toMatchObject({ failure: "unavailable", native: { status } });
    expect(inspect(answer)).toContain(new URL(active.url).host);
    expect(active.requests).toHaveLength(0);
    transport.close();
    await Promise.all([active.close(), standby.close()]);
  });

  test("307 to a host that was named: with method, token and body", async () => {
    const { active, standby } = await twoServers(307);
    const transport = transportTo(standby.url, { redirectsTo: new Set([active.url]) });
    expect(await transport.send(request("/v1/a?b=c"))).toMatchObject({ status: 200 });
    const [seen] = active.requests;
    expect([seen?.method, seen?.url, seen?.text]).toEqual(["POST", "/v1/a?b=c", '{"b":1}']);
    expect(seen?.headers["x-vault-token"]).toBe(canary);
    transport.close();
    await Promise.all([active.close(), standby.close()]);
  });

  test.each([301, 302, 303])("%i is not followed, not even to the same host", async (status) => {
    await using server = await startWireServer(() => ({ status, headers: { location: "/v1/b" } }));
    const transport = transportTo(server.url);
    expect(await transport.send(request())).toMatchObject({ failure: "unavailable" });
    expect(server.requests).toHaveLength(1);
    transport.close();
  });

  test("in a circle: given up after three", async () => {
    await using server = await startWireServer(({ url }) => ({ status: 307, headers: { location: url } }));
    const transport = transportTo(server.url);
    expect(await transport.send(request())).toMatchObject({ failure: "unavailable" });
    expect(server.requests).toHaveLength(4);
    transport.close();
  });
});

describe("TLS", () => {
  async function secureServer() {
    const authority = await makeAuthority();
    const { key, cert } = await authority.issue();
    const client = await authority.issue({ client: true, commonName: "app" });
    const tls = { key, cert, ca: authority.ca, requestCert: true };
    return {
      authority,
      client,
      server: await startWireServer(({ clientName }) => ({ body: clientName ?? "" }), { tls }),
    };
  }

  async function sendWith(url: string, tls: TlsMaterial) {
    const transport = transportTo(url, { tls });
    const answer = await transport.send(request());
    transport.close();
    return answer;
  }

  test("an authority that is not trusted: no request arrives, and the advice says what to set", async () => {
    const { server } = await secureServer();
    const answer = await sendWith(server.url, {});
    expect(answer).toMatchObject({ failure: "unavailable", advice: expect.stringContaining("VAULT_CACERT") });
    expect(server.requests).toHaveLength(0);
    await server.close();
  });

  test("its authority, a client certificate, no checks at all, no certificate, another name", async () => {
    const { server, authority, client } = await secureServer();
    const ours = { cert: client.cert, key: client.key };
    expect(await sendWith(server.url, { ...ours, ca: authority.ca })).toMatchObject({ status: 200, text: "app" });
    expect(await sendWith(server.url, { ...ours, rejectUnauthorized: false })).toMatchObject({ status: 200 });
    expect(await sendWith(server.url, { ca: authority.ca })).toMatchObject({
      failure: "unavailable",
      advice: expect.stringContaining("VAULT_CLIENT_CERT"),
    });
    expect(await sendWith(server.url, { ...ours, ca: authority.ca, servername: "other.example" })).toMatchObject({
      failure: "unavailable",
      native: { code: "ERR_TLS_CERT_ALTNAME_INVALID" },
    });
    await server.close();
  });
});

test.each(["down", "reset-before", "reset-after", "half-answer"] as const)(
  "%s is unavailable, without a word of the request",
  async (fault) => {
    await using server = await startWireServer(() => jsonAnswer({ data: "x".repeat(100) }));
    await server.inject(fault);
    const transport = transportTo(server.url);
    const answer = await transport.send(request());
    const host = `\`${new URL(server.url).host}\``;
    expect(answer).toMatchObject({ failure: "unavailable", advice: expect.stringContaining(host) });
    expect(inspect(answer, { depth: 9, showHidden: true })).not.toContain("canary");
    transport.close();
  },
);

test("an end without an answer may be that of a server which speaks HTTPS", async () => {
  await using server = await startWireServer(() => jsonAnswer({}));
  await server.inject("reset-before");
  const transport = transportTo(server.url);
  const answer = await transport.send(request());
  expect(answer).toMatchObject({
    advice: expect.stringContaining("begins with `http:`"),
    native: { code: "ECONNRESET" },
  });
  transport.close();
});

test("after close() no connection is left", async () => {
  await using server = await startWireServer(() => jsonAnswer({}));
  const transport = transportTo(server.url);
  await transport.send(request());
  expect(process.getActiveResourcesInfo().filter((one) => one === "TCPSocketWrap").length).toBeGreaterThan(0);
  transport.close();
  await expect.poll(() => process.getActiveResourcesInfo().filter((one) => one === "TCPSocketWrap")).toEqual([]);
});
