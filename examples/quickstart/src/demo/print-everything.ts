import { inspect } from "node:util";
import { getSecret } from "@secretsource/core";
import { env, loadConfig, secret } from "@secretsource/core/config";
import { z } from "zod";
import { boot } from "../config.ts";
import { followSigningKeys } from "../signing-keys.ts";

// What careless code does with a configuration and with errors, all of it printed.

const { config, secrets } = await boot();
const whole = await getSecret("signing.json", { as: "json" });
const live = await followSigningKeys();

const mistakes = await Promise.allSettled([
  getSecret("webhook-initech"),
  getSecret("webhook-acme", { schema: z.number() }),
  getSecret("webhook-acme", { as: "json" }),
  getSecret("signing.json", {
    schema: z.object({ keys: z.array(z.object({ key: z.string().max(3), id: z.literal("other") })) }),
  }),
  getSecret("signing.json", { field: "passphrase" }),
  getSecret("../service.env"),
  getSecret("missing"),
  loadConfig({
    signing: secret("signing.json", z.object({ keys: z.number() })),
    partners: [secret("webhook-acme", z.enum(["one", "two"])), secret("webhook-initech")],
    receipts: { key: env("QUICKSTART_RECEIPT_KEY", z.iso.date()) },
  }),
]);
const errors = mistakes.map((mistake) => (mistake.status === "rejected" ? mistake.reason : undefined));

for (const thing of [config, whole, live, config.issuerKey, secrets, ...errors]) {
  console.log(thing);
  console.log("%s %o %j", thing, thing, thing);
  console.log(inspect(thing, { showHidden: true, depth: null, getters: true, customInspect: false }));
  console.log(`${thing}`, JSON.stringify(thing), JSON.stringify({ ...thing }), Object.entries(thing ?? {}));
  console.table([thing]);
  console.log(thing instanceof Error ? [thing.message, thing.stack, thing.cause] : "");
}
for (const secret of [whole, config.issuerKey]) console.log(structuredClone(secret));
console.log(`Errors: ${errors.filter((error) => error !== undefined).length} of ${mistakes.length}`);
await secrets.close();
