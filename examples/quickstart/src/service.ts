import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { boot } from "./config.ts";
import { hmac } from "./hmac.ts";
import { type Answer, answer } from "./routes.ts";
import { followSigningKeys } from "./signing-keys.ts";

const { config, secrets } = await boot().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
console.log("Booted with", config);
const signing = await followSigningKeys();
secrets.on((event) => {
  if (event.type === "rejected")
    console.log(`Refused a new ${event.secretName} (${event.code}), kept the last good one`);
});

const server = createServer(async (request, response) => {
  const { status, body } = await answerOrFail(request);
  const content = body === undefined ? "" : JSON.stringify(body);
  response.setHeader("x-receipt", hmac(config.receiptKey.reveal(), `${status} ${content}`));
  response.writeHead(status).end(content);
});

async function answerOrFail(request: IncomingMessage): Promise<Answer> {
  try {
    const body = await text(request);
    const header = (name: string) => String(request.headers[name] ?? "");
    return await answer(config, signing, { route: `${request.method} ${request.url}`, header, body });
  } catch (error) {
    console.error("A request failed:", error);
    return { status: 500 };
  }
}

server.listen(config.port, "127.0.0.1", () => {
  console.log(`Listening on port ${(server.address() as AddressInfo).port}`);
});

process.once("SIGTERM", () => {
  server.close();
  void secrets.close();
});
