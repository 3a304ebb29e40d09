import { onTestFinished } from "vitest";
import { type GcpSecretManagerOptions, gcpSecretManager } from "../src/index.ts";
import { FakeSecrets, fakeProject } from "./fake/fake-secrets.ts";
import { startGrpcServer } from "./fake/grpc-server.ts";
import { startRestServer } from "./fake/rest-server.ts";

/** A source over gRPC in front of a fake of its own, both of which end with the test. */
export async function withGrpc(options: GcpSecretManagerOptions = {}) {
  const secrets = new FakeSecrets();
  const server = await startGrpcServer(secrets);
  const endpoint = `http://127.0.0.1:${server.port}`;
  const source = gcpSecretManager({ projectId: fakeProject, endpoint, ...options });
  onTestFinished(async () => {
    await source.close?.();
    await server.close();
  });
  return { secrets, server, source, endpoint };
}

/** The same over REST. */
export async function withRest(options: GcpSecretManagerOptions = {}, refusal?: Parameters<typeof startRestServer>[1]) {
  const secrets = new FakeSecrets();
  const server = await startRestServer(secrets, refusal);
  const source = gcpSecretManager({ projectId: fakeProject, endpoint: server.url, transport: "rest", ...options });
  onTestFinished(async () => {
    await source.close?.();
    await server.close();
  });
  return { secrets, server, source };
}
