import { configureSecrets, envSource, fileSource } from "@secretsource/core";
import { env, loadConfig, secret } from "@secretsource/core/config";
import { z } from "zod";
import { SigningKeys } from "./signing-keys.ts";

const Port = z.coerce.number().int().min(0).max(65_535);

/** Throws one error that names every missing or invalid item, so a half-configured service never starts. */
export async function boot() {
  const secrets = configureSecrets({
    sources: {
      mounted: fileSource({ directory: process.env.SECRETS_DIR ?? "/run/secrets" }),
      dotenv: fileSource({ file: process.env.DOTENV_FILE ?? ".env" }),
      environment: envSource({ prefix: "QUICKSTART_" }),
    },
    default: "mounted",
  });
  const config = await loadConfig(
    {
      port: env("PORT", Port),
      tokens: { signing: secret("signing.json", SigningKeys), lifetimeSeconds: 300 },
      issuerKey: secret("ISSUER_KEY", z.string().min(20), { source: "dotenv" }),
      receiptKey: secret("RECEIPT_KEY", z.string().min(20), { source: "environment" }),
    },
    { secrets, within: "10s" },
  );
  return { config, secrets };
}

export type Config = Awaited<ReturnType<typeof boot>>["config"];
