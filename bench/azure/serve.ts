// Key Vault over HTTPS in a process of its own, so that its work is not counted. Argument: how long it thinks about an
// answer, ms. The parent asks how often it was asked with a token.
import { createServer } from "node:https";
import { makeAuthority } from "@secretsource/conformance/wire";
import { answerOf } from "./answers.ts";

const [thinkingMs = 0] = process.argv.slice(2).map(Number);
const counts: Record<string, number> = { reads: 0 };
const json = { "content-type": "application/json", "x-ms-request-id": "5f642215-959a-11e8-bfd1-81a81941d54a" };
const challenge = {
  "www-authenticate": 'Bearer authorization="https://login.microsoftonline.com/t", resource="https://vault.azure.net"',
};
let vaultUrl = "";

const authority = await makeAuthority();
const server = createServer(await authority.issue(), (request, response) => {
  const isKnown = request.headers.authorization !== undefined;
  if (isKnown) counts.reads = (counts.reads ?? 0) + 1;
  const say = () => {
    response.writeHead(isKnown ? 200 : 401, isKnown ? json : challenge);
    response.end(isKnown ? answerOf(vaultUrl, request.url ?? "") : "{}");
  };
  request.resume().once("end", () => (thinkingMs > 0 ? setTimeout(say, thinkingMs) : say()));
});
server.keepAliveTimeout = 600_000;
server.listen(0, "127.0.0.1", () => {
  const { port } = server.address() as { port: number };
  vaultUrl = `https://127.0.0.1:${port}`;
  process.send?.({ port, ca: authority.ca });
});
process.on("message", (what) => process.send?.({ count: counts[String(what)] }));
