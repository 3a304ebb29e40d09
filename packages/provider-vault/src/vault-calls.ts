// What only a call needs: one file of the package, loaded by the first call of the process.
export { Connection } from "./connection/connection.ts";
export { nodeVault } from "./connection/vault-wire.ts";
export { awsPlan } from "./engines/aws-plan.ts";
export { databasePlan } from "./engines/database-plan.ts";
export { KvReading } from "./engines/kv-reading.ts";
export { Minting } from "./engines/minting.ts";
export { pathPlan } from "./engines/path-plan.ts";
export { pkiPlan } from "./engines/pki-plan.ts";
export { StaticRoles } from "./engines/static-roles.ts";
export { TransitRequests } from "./transit/transit-requests.ts";
