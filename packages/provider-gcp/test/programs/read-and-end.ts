// Reads one secret, and closes nothing.
import { gcpSecretManager } from "../../src/index.ts";

const [transport, endpoint] = process.argv.slice(2) as ["grpc" | "rest", string];
const source = gcpSecretManager({ projectId: "test-project", endpoint, transport });
const signal = AbortSignal.timeout(10_000);
const record = await source.read({ name: "db", version: "current" }, { signal, bypassCaches: false });
console.log(record.failure ?? Buffer.from(record.payload).toString());
