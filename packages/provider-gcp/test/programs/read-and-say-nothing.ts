// Reads `db` in several ways, with a token, and prints nothing. What is printed is the debug output of others.
import { gcpSecretManager } from "../../src/index.ts";

const [transport, endpoint, token] = process.argv.slice(2) as ["grpc" | "rest", string, string];
const authClient = { getRequestHeaders: async () => new Headers({ authorization: `Bearer ${token}` }) };
const source = gcpSecretManager({ projectId: "test-project", endpoint, transport, authClient, secretDetails: true });
const signal = AbortSignal.timeout(10_000);
for (const version of ["current", "previous", { label: "absent" }] as const) {
  await source.read({ name: "db", version }, { signal, bypassCaches: false });
}
await source.close?.();
