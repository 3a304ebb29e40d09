// All that this program waits for is the next attempt.
import { makeSecrets } from "./program.ts";

const secrets = makeSecrets(async (call) => (call < 3 ? { failure: "unavailable" } : { payload: "value" }));
console.log((await secrets.getSecret("db")).name);
