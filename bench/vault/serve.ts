// A kv engine of version 2 and an AppRole over HTTP, in a process of its own. Arguments: how many secrets, and how long it
// thinks about an answer, ms. The parent asks how often it was asked for what.
import { createServer } from "node:http";

const [secrets = 0, thinkingMs = 0] = process.argv.slice(2).map(Number);
const counts: Record<string, number> = { logins: 0, reads: 0, calls: 0 };
const metadata = {
  created_time: "2026-01-01T00:00:00.123456789Z",
  custom_metadata: null,
  deletion_time: "",
  destroyed: false,
  version: 1,
};
const password = "p".repeat(200);

function partsOf(url: string): object | undefined {
  if (url === "/v1/auth/approle/login") {
    counts.logins = (counts.logins ?? 0) + 1;
    const auth = { client_token: "hvs.of-the-login", token_type: "service", renewable: true, lease_duration: 3600 };
    return { auth };
  }
  if (url === "/v1/auth/token/lookup-self") return { data: { ttl: 0, renewable: false, type: "service" } };
  if (url === "/v1/sys/internal/ui/mounts/secret") return { data: { type: "kv", options: { version: "2" } } };
  const [, index] = /^\/v1\/secret\/data\/secret-(\d+)$/.exec(url) ?? [];
  if (index === undefined || Number(index) >= secrets) return undefined;
  counts.reads = (counts.reads ?? 0) + 1;
  return { data: { data: { username: `user-${index}`, password }, metadata } };
}

const server = createServer((request, response) => {
  counts.calls = (counts.calls ?? 0) + 1;
  const parts = partsOf(request.url ?? "");
  const answer = {
    request_id: "bb4d5d8e-0c6b-a3ae-1b2a-2b7f0a4a5a34",
    lease_id: "",
    renewable: false,
    lease_duration: 0,
  };
  const say = () => {
    response.writeHead(parts === undefined ? 404 : 200, { "content-type": "application/json" });
    response.end(JSON.stringify(parts === undefined ? { errors: [] } : { ...answer, data: null, ...parts }));
  };
  request.resume().once("end", () => (thinkingMs > 0 ? setTimeout(say, thinkingMs) : say()));
});
server.keepAliveTimeout = 600_000;
server.listen(0, "127.0.0.1", () => process.send?.({ port: (server.address() as { port: number }).port }));
process.on("message", (what) => process.send?.({ count: counts[String(what)] }));
