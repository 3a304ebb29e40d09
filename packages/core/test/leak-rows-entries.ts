import { z } from "zod";
import { env, live, loadConfig, secret } from "../src/config/index.ts";
import { createSecrets, memorySource } from "../src/index.ts";
import { instrumentSecrets } from "../src/otel/index.ts";
import { canary, type Drive } from "./leak-harness.ts";
import { outcomeOf, readAll } from "./leak-rows-root.ts";
import { sourceKitRows } from "./leak-rows-source-kit.ts";
import { testingRows } from "./leak-rows-testing.ts";
import { recordingTelemetry } from "./recording-telemetry.ts";

async function driveConfig(): Promise<unknown[]> {
  const secrets = createSecrets({ source: memorySource({ db: canary, json: JSON.stringify({ password: canary }) }) });
  const variables = { OVERRIDE: canary, PORT: canary, NUMBER: "7" };
  const good = {
    db: secret("db"),
    deep: [{ password: secret("json", { field: "password" }) }, secret("absent", { optional: true })],
    local: secret("elsewhere", { env: "OVERRIDE" }),
    number: env("NUMBER", z.coerce.number()),
  };
  const config = await loadConfig(good, { secrets, env: variables });
  if (config.db.reveal() !== canary || config.local.reveal() !== canary)
    throw new Error("the canary did not come through");
  const bad = {
    ...good,
    refused: secret("db", z.string().max(3)),
    noJson: secret("db", { as: "json" }),
    noNumber: secret("json", z.object({ password: z.number() })),
    port: env("PORT", z.coerce.number()),
    override: secret("elsewhere", z.string().max(3), { env: "OVERRIDE" }),
    thrown: env(
      "PORT",
      z.string().transform((text) => {
        throw new Error(text);
      }),
    ),
    missing: secret("absent"),
    literal: () => canary,
  };
  return [
    ...Object.values(good),
    ...Object.values(bad),
    config,
    config.deep,
    await outcomeOf(() => loadConfig(bad as never, { secrets, env: variables })),
    await outcomeOf(() => loadConfig(canary as never)),
    await outcomeOf(() => loadConfig({}, { secrets, within: canary as never })),
    await outcomeOf(() => loadConfig({}, { secrets: canary as never })),
    secrets.health(),
    secrets.status(),
    await secrets.close(),
  ];
}

async function driveLiveConfig(): Promise<unknown[]> {
  const secrets = createSecrets({ source: memorySource({ db: canary }) });
  const env = { OVERRIDE: canary };
  const spec = { db: live(secret("db")), over: live(secret("none", { env: "OVERRIDE" })) };
  const config = await loadConfig(spec, { secrets, env });
  if (config.db.current.reveal() !== canary || config.over.current.reveal() !== canary)
    throw new Error("the canary did not come through");
  const quotes = (next: { reveal(): string }): never => {
    throw new Error(next.reveal());
  };
  const bad = {
    refused: live(secret("db"), { verify: quotes }),
    option: live(secret("db"), { verify: canary as never }),
    noItem: live(canary as never),
    override: live(secret("none", z.string().max(3), { env: "OVERRIDE" })),
  };
  const outcome = await outcomeOf(() => loadConfig(bad as never, { secrets, env }));
  return [config, config.db, config.over, bad, outcome, await secrets.close()];
}

async function driveTelemetry(): Promise<unknown[]> {
  const { options, recorded } = recordingTelemetry();
  const stop = instrumentSecrets(options);
  const source = memorySource({ db: canary, json: JSON.stringify({ password: canary }) });
  const outcomes = await readAll(createSecrets({ source }), ["db", "json", "none"]);
  stop();
  const { spans, metrics } = await recorded();
  if (spans.length === 0 || metrics.length === 0) throw new Error("nothing was measured, so the row shows nothing");
  return [...outcomes, ...spans, ...metrics];
}

/** One row per value that an entry exports besides the root. */
export const entryRows: Readonly<Record<string, Readonly<Record<string, Drive>>>> = {
  "./config": { env: driveConfig, live: driveLiveConfig, loadConfig: driveConfig, secret: driveConfig },
  "./otel": { instrumentSecrets: driveTelemetry },
  "./source": {},
  "./source-kit": sourceKitRows,
  "./testing": testingRows,
};
