import type { Secrets } from "@secretsource/core";
import { env, loadConfig, secret } from "@secretsource/core/config";
import { z } from "zod";

// Parameters are texts, and a tree's keys are the rest of their names.
const Shop = z.object({
  "db/host": z.string(),
  "db/port": z.coerce.number().int(),
  "db/password": z.string().min(8),
  "feature/express-checkout": z.enum(["on", "off"]),
});

/** The whole tree at once, and from one moment; one error names everything that is missing. */
export function shopConfig(secrets: Secrets) {
  return loadConfig(
    { shop: secret("/production/shop/", Shop), port: env("PORT", z.coerce.number().int()) },
    { secrets },
  );
}
