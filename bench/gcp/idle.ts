// Reads one secret and idles; prints what it keeps as JSON. Arguments: the port, and `bare` or `ours`.
import { setTimeout as pass } from "node:timers/promises";
import { bareClient, bareRead, ourSecrets } from "./clients.ts";

const [port = "", which] = process.argv.slice(2);
const held: unknown[] = [];
if (which === "bare") {
  const client = bareClient(Number(port));
  held.push(client, await bareRead(client, "secret-0"));
} else {
  const secrets = ourSecrets(Number(port));
  held.push(secrets, (await secrets.getSecret("secret-0")).reveal());
}
await pass(500);
globalThis.gc?.();
const { heapUsed, rss } = process.memoryUsage();
console.log(JSON.stringify({ heapUsed, rss, held: held.length }));
process.exit();
