// The source never answers and holds nothing itself: only our own deadline keeps the program until it has its error.
import { makeSecrets } from "./program.ts";

const secrets = makeSecrets((call) => (call === 1 ? new Promise(() => {}) : Promise.resolve({ payload: "value" })));
console.log((await secrets.getSecret("db")).name);
