import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeAuthority } from "@secretsource/conformance/wire";
import { onTestFinished } from "vitest";
import type { GcpSecretManagerOptions } from "../src/index.ts";
import { FakeSecrets, fakeProject } from "./fake/fake-secrets.ts";

// gRPC reads its roots when it is loaded, which is why what needs it is imported below.
const folder = mkdtempSync(join(tmpdir(), "gcp-"));
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
const authority = await makeAuthority();
const tls = await authority.issue();
writeFileSync(join(folder, "ca.pem"), authority.ca);
process.env.GRPC_DEFAULT_SSL_ROOTS_FILE_PATH = join(folder, "ca.pem");
const { startGrpcServer } = await import("./fake/grpc-server.ts");
const { gcpSecretManager } = await import("../src/index.ts");

/** A source over gRPC and TLS, which sends tokens. */
export async function withTls(options: GcpSecretManagerOptions = {}) {
  const secrets = new FakeSecrets();
  const server = await startGrpcServer(secrets, tls);
  const endpoint = `https://localhost:${server.port}`;
  const source = gcpSecretManager({ projectId: fakeProject, endpoint, ...options });
  onTestFinished(async () => {
    await source.close?.();
    await server.close();
  });
  return { secrets, server, source };
}
