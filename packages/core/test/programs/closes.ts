// Closes in the midst of everything that can be under way.
import { handles, makeSecrets } from "./program.ts";

const before = handles();
const secrets = makeSecrets(async (call, { signal }) => {
  if (call === 1) return { payload: "value" };
  if (call === 2) return { failure: "throttled", retryAfterMs: 9000 };
  return new Promise((_resolve, reject) =>
    signal.addEventListener("abort", () => reject(signal.reason), { once: true }),
  );
});
const live = await secrets.watchSecret("watched");
const codes: string[] = [];
const reads = ["waiting", "hanging"].map((name) =>
  secrets.getSecret(name).catch((error: { readonly code: string }) => codes.push(error.code)),
);
secrets.hint("watched");
await new Promise((resolve) => setImmediate(resolve));
const during = handles();
await secrets.close();
await Promise.all(reads);
console.log(
  JSON.stringify({ before, busy: during.length > before.length, codes, after: handles(), live: live.current.name }),
);
