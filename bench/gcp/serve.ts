// Secret Manager over gRPC, in a process of its own. Arguments: how many secrets, and how long it thinks about an answer, ms.
import { FakeSecrets } from "../../packages/provider-gcp/test/fake/fake-secrets.ts";
import { startGrpcServer } from "../../packages/provider-gcp/test/fake/grpc-server.ts";

const [count = 0, thinkingMs = 0] = process.argv.slice(2).map(Number);
const secrets = new FakeSecrets();
for (let index = 0; index < count; index++) {
  secrets.put(`secret-${index}`, JSON.stringify({ username: `user-${index}`, password: "p".repeat(200) }));
}
const server = await startGrpcServer(secrets);
server.thinkingMs = thinkingMs;
process.on("message", () => process.send?.({ count: server.calls.length }));
process.send?.({ port: server.port });
