import type { AddressInfo } from "node:net";
import { type Settings, startService } from "./service.ts";

const { env } = process;
const service = await startService({
  port: Number(env.PORT ?? 8080),
  role: env.VAULT_ROLE ?? "orders",
  tokenFile: env.VAULT_LOGIN_TOKEN,
  ttl: env.CACHE_TTL as Settings["ttl"],
});
console.log(`Listening on ${(service.server.address() as AddressInfo).port}`);
process.once("SIGTERM", () => void service.close());
