import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { createServer as createSecureServer } from "node:https";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { makeAuthority, startWireServer } from "@secretsource/conformance/wire";
import { expect, test } from "vitest";
import { transportTo } from "../../test/transport-to.ts";

const request = { method: "GET", path: "/v1/a", headers: {}, signal: new AbortController().signal };

test("a server that wants to speak another protocol is no server of ours", async () => {
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", () =>
      socket.write("HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n"),
    );
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const transport = transportTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  expect(await transport.send(request)).toMatchObject({ failure: "unavailable" });
  transport.close();
  server.close();
});

test("a client key with a passphrase: the advice says that this is it", async () => {
  const authority = await makeAuthority();
  await using server = await startWireServer(() => ({ body: "{}" }), { tls: await authority.issue() });
  const { privateKey } = generateKeyPairSync("ec", {
    namedCurve: "P-256",
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "canary" },
  });
  const { cert } = await authority.issue();
  const transport = transportTo(server.url, { tls: { ca: authority.ca, cert, key: privateKey } });
  expect(await transport.send(request)).toMatchObject({
    failure: "unavailable",
    advice: expect.stringContaining("passphrase"),
  });
  transport.close();
});

test("connections from before a renewal lie idle until the close, which ends them too", async () => {
  const authority = await makeAuthority();
  const open = new Set<Socket>();
  const server = createSecureServer(await authority.issue(), (_, response) => response.end("{}"));
  server.on("secureConnection", (socket) => {
    open.add(socket);
    socket.once("close", () => open.delete(socket));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const tls = { ca: authority.ca };
  const transport = transportTo(`https://127.0.0.1:${(server.address() as AddressInfo).port}`, { tls });
  await transport.send(request);
  await transport.send(request);
  expect(open.size).toBe(1);
  transport.renewTls(tls);
  transport.renewTls(tls);
  await transport.send(request);
  expect(open.size).toBe(2);
  transport.close();
  await expect.poll(() => open.size).toBe(0);
  server.close();
});

test("from the node that was named back to the one that was asked", async () => {
  let hops = 0;
  await using asked = await startWireServer(() =>
    hops++ === 0 ? { status: 307, headers: { location: `${named.url}/v1/a` } } : { body: "{}" },
  );
  await using named = await startWireServer(() => ({ status: 307, headers: { location: `${asked.url}/v1/a` } }));
  const transport = transportTo(asked.url, { redirectsTo: new Set([named.url]) });
  expect(await transport.send(request)).toMatchObject({ status: 200 });
  transport.close();
});

test.each([
  [301, "https://vault.example/v1/a", /by 301, which is not followed.*`https:`/],
  [302, "https://login.example/", /to login\.example by 302/],
  [307, "https://elsewhere.example/v1/a", /to elsewhere\.example, which is not among the allowed hosts/],
  [307, "/v1/a", /redirect to one another/],
])("a redirect by %i to %s says what to do", async (status, location, advice) => {
  await using server = await startWireServer(() => ({ status, headers: { location } }));
  const transport = transportTo(server.url);
  expect(await transport.send(request)).toMatchObject({
    failure: "unavailable",
    advice: expect.stringMatching(advice),
    native: { status },
  });
  transport.close();
});
