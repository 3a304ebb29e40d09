// Reads, and has nothing else to do: the program ends by itself.
import { makeSecrets } from "./program.ts";

const secrets = makeSecrets(async () => ({ payload: "value" }));
const [one, other] = await Promise.all([secrets.getSecret("db"), secrets.getSecret("other")]);
console.log(one.name, other.name, process.getActiveResourcesInfo().includes("Timeout"));
