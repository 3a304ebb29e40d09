import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { type IncomingMessage, request as plainRequest } from "node:http";
import { request as secureRequest } from "node:https";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { json } from "node:stream/consumers";
import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { freePort } from "./free-port.ts";
import {
  behindFaults,
  postgresBehindFaults,
  startOpenBao,
  startPostgres,
  startRaftOpenBao,
  startServer,
} from "./index.ts";
import { stampFile } from "./places.ts";
import { startProcess } from "./server-process.ts";

function refuses(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1" });
    socket.once("error", () => resolve(true));
    socket.once("connect", () => resolve(false)).once("connect", () => socket.destroy());
  });
}

async function secretsManager(url: string, action: string, input: object): Promise<Record<string, unknown>> {
  const response = await fetch(url, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": `secretsmanager.${action}`,
      authorization:
        "AWS4-HMAC-SHA256 Credential=test/20260101/eu-west-1/secretsmanager/aws4_request, SignedHeaders=host, Signature=0",
    },
    body: JSON.stringify(input),
  });
  return (await response.json()) as Record<string, unknown>;
}

test.each(["moto", "ministack"] as const)("%s keeps a secret, and is gone after its stop", async (name) => {
  const server = await startServer(name);
  await secretsManager(server.url, "CreateSecret", {
    Name: "db",
    SecretString: "one",
    ClientRequestToken: "a".repeat(32),
  });
  const read = await secretsManager(server.url, "GetSecretValue", { SecretId: "db", VersionStage: "AWSCURRENT" });
  expect(read.SecretString).toBe("one");
  await server.stop();
  expect(await refuses(server.port)).toBe(true);
});

const saved = { data: { password: "one" } };

/** OpenBao's key-value engine, by the administrator's way or by the proxy's. */
function kvOf({ url, token, ca }: { url: string; token: string; ca?: string }) {
  const ask = async (method: string, body?: object) => {
    const request = url.startsWith("https:") ? secureRequest : plainRequest;
    const headers = { "x-vault-token": token, "content-type": "application/json" };
    const outgoing = request(`${url}/v1/secret/data/db`, { method, headers, agent: false, ...(ca && { ca }) });
    outgoing.end(body && JSON.stringify(body));
    const [answer] = (await once(outgoing, "response")) as [IncomingMessage];
    return { status: answer.statusCode, body: (await json(answer)) as { data?: { data?: unknown } } };
  };
  return { write: () => ask("POST", saved), read: () => ask("GET") };
}

test.each([false, true])(
  "OpenBao (over HTTPS: %j) keeps a secret behind the faults, and is gone after its stop",
  async (tls) => {
    const { server, proxy, stop } = await behindFaults(startOpenBao({ tls }));
    await kvOf(server).write();
    const through = kvOf({ ...server, url: proxy.url });
    expect((await through.read()).body.data?.data).toEqual(saved.data);
    await proxy.inject("unavailable-with-wait", { times: 1 });
    expect((await through.read()).status).toBe(503);
    expect((await through.read()).body.data?.data).toEqual(saved.data);
    expect(proxy.requests.map(({ path }) => path)).toEqual(Array.from({ length: 3 }, () => "/v1/secret/data/db"));
    await stop();
    expect([await refuses(server.port), await refuses(proxy.port)]).toEqual([true, true]);
  },
);

test("OpenBao with raft survives kill -9: sealed, then with its data", async () => {
  await using server = await startRaftOpenBao();
  const headers = { "x-vault-token": server.token };
  const at = `${server.url}/v1/secret`;
  const mount = { method: "POST", headers, body: JSON.stringify({ type: "kv", options: { version: "2" } }) };
  await fetch(`${server.url}/v1/sys/mounts/secret`, mount);
  const kv = kvOf(server);
  for (let tries = 0; tries < 20 && (await kv.write()).status !== 200; tries += 1) await delay(100);
  await server.kill();
  expect(await refuses(server.port)).toBe(true);
  await server.restart();
  expect((await fetch(`${at}/data/db`, { headers })).status).toBe(503);
  await server.unseal();
  expect((await kv.read()).body.data?.data).toEqual(saved.data);
});

test("drongo keeps a secret, and is gone after its stop", async () => {
  const server = await startServer("drongo");
  const parent = `${server.url}/v1/projects/p/secrets`;
  const post = (url: string, body: object) =>
    fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  await post(`${parent}?secretId=db`, { replication: { automatic: {} } });
  await post(`${parent}/db:addVersion`, { payload: { data: Buffer.from("one").toString("base64") } });
  const read = (await (await fetch(`${parent}/db/versions/latest:access`)).json()) as { payload: { data: string } };
  expect(Buffer.from(read.payload.data, "base64").toString()).toBe("one");
  await server.stop();
  expect(await refuses(server.port)).toBe(true);
});

test("PostgreSQL answers through a proxy of bytes, and is gone after its stop with its data", async () => {
  const { server, proxy, stop } = await postgresBehindFaults(startPostgres());
  // "May I speak TLS?" "No."
  const question = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);
  const ask = async () => {
    const socket = connect(proxy.port, "127.0.0.1");
    socket.write(question);
    const answer = await once(socket, "data").catch(({ code }) => [code]);
    socket.destroy();
    return String(answer[0]);
  };
  expect(await ask()).toBe("N");
  await proxy.inject("reset-after");
  expect(await ask()).toBe("ECONNRESET");
  await proxy.heal();
  expect(await ask()).toBe("N");
  await stop();
  expect([await refuses(server.port), await refuses(proxy.port)]).toEqual([true, true]);
});

test("PostgreSQL survives kill -9 with connections open, on the same port", async () => {
  await using server = await startPostgres();
  const socket = connect(server.port, "127.0.0.1").on("error", () => {});
  await once(socket, "connect");
  await server.kill();
  expect(await refuses(server.port)).toBe(true);
  await server.restart();
  expect(server.log()).toContain("database system was interrupted");
  expect(await refuses(server.port)).toBe(false);
});

test("a server that does not start shows its log", async () => {
  const port = await freePort();
  const started = startProcess({
    name: "broken",
    command: process.execPath,
    args: ["-e", "console.error('no such configuration'); process.exit(3)"],
    isReady: async () => !(await refuses(port)),
  });
  await expect(started).rejects.toThrow(/broken did not start[\s\S]*no such configuration/);
});

test("only what was started is stopped", async () => {
  const [first, second] = await Promise.all([startServer("moto"), startServer("moto")]);
  await first.stop();
  expect(await refuses(second.port)).toBe(false);
  await second.stop();
  await second.stop();
  expect(first.port).not.toBe(second.port);
});

test("what a killed process had started ends with it", async () => {
  const program = `
    import { startServer } from "./tools/servers/index.ts";
    console.log((await startServer("moto")).port);
  `;
  const args = ["--import", "./packages/conformance/test/runner/from-sources.ts", "--input-type=module", "-e", program];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const [printed] = await once(child.stdout, "data");
  const port = Number(printed);
  expect(await refuses(port)).toBe(false);
  child.kill("SIGKILL");
  for (let tries = 0; tries < 50 && !(await refuses(port)); tries += 1) await delay(100);
  expect(await refuses(port)).toBe(true);
});

test("a server that is not installed is a failure, with the command to run", () => {
  const program = 'await (await import("./tools/servers/start-server.ts")).startServer("moto");';
  const env = { ...process.env, SECRETSOURCE_SERVERS: join(tmpdir(), "no-such-folder") };
  const { status, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", program], {
    encoding: "utf8",
    env,
  });
  expect(stderr).toContain("run `npx --yes pnpm@12.21.0 servers:install`");
  expect(status).not.toBe(0);
});

test("a second installation has nothing to do", () => {
  const { status, stdout } = spawnSync(process.execPath, ["tools/servers/install.ts"], { encoding: "utf8" });
  expect([status, stdout.trim()]).toEqual([0, "The test servers are installed."]);
  expect(existsSync(stampFile)).toBe(true);
});
