import type { AddressInfo } from "node:net";
import { startService } from "./service.ts";

const { env } = process;
const service = await startService({
  port: Number(env.PORT ?? 8080),
  databaseRole: env.DATABASE_ROLE ?? "orders",
  roleId: env.VAULT_ROLE_ID,
  secretIdFile: env.VAULT_SECRET_ID_FILE,
});
console.log(`Listening on ${(service.server.address() as AddressInfo).port}`);
process.once("SIGTERM", () => void service.close());
