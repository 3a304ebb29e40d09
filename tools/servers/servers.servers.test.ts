import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { connect } from "node:net";
import { expect, test } from "vitest";
import { freePort } from "./free-port.ts";
import { startProcess } from "./server-process.ts";
import { startPostgres } from "./start-postgres.ts";
import { baoToken, startServer } from "./start-server.ts";

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

test("OpenBao keeps a secret, and is gone after its stop", async () => {
  const server = await startServer("openbao");
  const headers = { "x-vault-token": baoToken, "content-type": "application/json" };
  const at = `${server.url}/v1/secret/data/db`;
  await fetch(at, { method: "POST", headers, body: JSON.stringify({ data: { password: "one" } }) });
  const read = (await (await fetch(at, { headers })).json()) as { data: { data: unknown } };
  expect(read.data.data).toEqual({ password: "one" });
  await server.stop();
  expect(await refuses(server.port)).toBe(true);
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

test("PostgreSQL accepts connections, and is gone after its stop with its data", async () => {
  const server = await startPostgres();
  expect(await refuses(server.port)).toBe(false);
  await server.stop();
  expect(await refuses(server.port)).toBe(true);
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
});

test("a second installation has nothing to do", () => {
  const { status, stdout } = spawnSync(process.execPath, ["tools/servers/install.ts"], { encoding: "utf8" });
  expect([status, stdout.trim()]).toEqual([0, "The test servers are installed."]);
  expect(existsSync(".servers/installed.json")).toBe(true);
});
