import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import { gcpSecretManager } from "../src/index.ts";
import { ask, askText } from "./ask.ts";
import { fakeProject } from "./fake/fake-secrets.ts";
import { withGrpc, withRest } from "./with-fake.ts";

const authClient = { getRequestHeaders: async () => new Headers() };

/** A proxy that refuses, and remembers where it was asked to go. */
async function refusingProxy() {
  const asked: string[] = [];
  const server = createServer().on("connect", (request, socket) => {
    asked.push(request.url ?? "");
    socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  for (const name of ["no_proxy", "NO_PROXY", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY"]) vi.stubEnv(name, undefined);
  vi.stubEnv("https_proxy", url);
  onTestFinished(() => {
    vi.unstubAllEnvs();
    server.close();
    server.closeAllConnections();
  });
  return asked;
}

test.each(["grpc", "rest"] as const)("the proxy of the environment is used (%s)", async (transport) => {
  const asked = await refusingProxy();
  const source = gcpSecretManager({ projectId: fakeProject, endpoint: "https://store.invalid", authClient, transport });
  expect(await ask(source, "db")).toMatchObject({ failure: "unavailable" });
  expect(asked[0]).toBe("store.invalid:443");
  await source.close?.();
});

test.each([
  ["grpc", "db", "secretmanager.googleapis.com:443"],
  ["rest", "db", "secretmanager.googleapis.com:443"],
  ["grpc", "projects/p/locations/europe-west3/secrets/db", "secretmanager.europe-west3.rep.googleapis.com:443"],
  ["rest", "projects/p/locations/europe-west3/secrets/db", "secretmanager.europe-west3.rep.googleapis.com:443"],
] as const)("the host that is asked (%s) for %s is %s", async (transport, name, host) => {
  const asked = await refusingProxy();
  const source = gcpSecretManager({ projectId: fakeProject, authClient, transport });
  expect(await ask(source, name)).toMatchObject({ failure: "unavailable" });
  expect(asked[0]).toBe(host);
  await source.close?.();
});

test("not for an emulator", async () => {
  const asked = await refusingProxy();
  for (const { secrets, source } of [await withGrpc(), await withRest()]) {
    secrets.put("db", "one");
    expect(await askText(source, "db")).toBe("one");
  }
  expect(asked).toEqual([]);
});
