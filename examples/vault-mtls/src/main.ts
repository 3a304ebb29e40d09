import type { AddressInfo } from "node:net";
import { certificatesFrom } from "./certificates.ts";
import { startService } from "./service.ts";

const { env } = process;
const secrets = certificatesFrom({
  pkiRole: env.PKI_ROLE ?? "orders",
  commonName: env.COMMON_NAME ?? "orders.internal",
  roleId: env.VAULT_ROLE_ID,
  secretIdFile: env.VAULT_SECRET_ID_FILE,
});
const service = await startService(secrets, Number(env.PORT ?? 8443));
console.log(`Listening on ${(service.server.address() as AddressInfo).port}`);
process.once("SIGTERM", () => void service.close());
