import { setTimeout as wait } from "node:timers/promises";
import { inspect } from "node:util";
import { SecretsProvider } from "@aws-lambda-powertools/parameters/secrets";
import { createSecrets } from "@secretsource/core";
import { awsSecretsManager } from "@secretsource/provider-aws";
import type { Behaviour } from "./figures.ts";
import { middySecrets } from "./middy.ts";
import { startService } from "./service.ts";

const name = "production/myapp/db";
const canary = "canary-of-the";

/** The same situation for each, and what comes of it. */
export async function observe(): Promise<Behaviour[]> {
  return [await printed(), await notJson(), await anotherVersion(), await inAnOutage()];
}

/** Whether a value stands in the text of something. */
function shows(thing: unknown): string {
  const text = `${thing} ${inspect(thing, { depth: 10, showHidden: true })} ${JSON.stringify(thing)}`;
  return text.includes(canary) ? "shows the value" : "shows no value";
}

async function printed(): Promise<Behaviour> {
  const { service, ours, powertools, end } = await allOf();
  const behaviour = {
    what: "what was read, printed",
    ours: shows(await ours.getSecret(name)),
    powertools: shows(await powertools.get(name)),
    middy: shows(await middySecrets(service, [name])()),
  };
  await end();
  return behaviour;
}

/** JSON was asked for, and the value is none. */
async function notJson(): Promise<Behaviour> {
  const { service, ours, powertools, end } = await allOf();
  const [value] = await middySecrets(service, [name])();
  const behaviour = {
    what: "JSON was wanted, and the value is none",
    ours: `an error that ${shows(await errorOf(ours.getSecret(name, { as: "json" })))}`,
    powertools: `an error that ${quotes(await errorOf(powertools.get(name, { transform: "json" })))}`,
    middy: typeof value === "string" ? "the text, without an error" : "something else",
  };
  await end();
  return behaviour;
}

/** The engine's own message quotes the beginning of what it could not parse. */
function quotes(error: unknown): string {
  return /"?canary/.test(inspect(error)) ? "quotes the value's beginning" : "quotes nothing";
}

async function anotherVersion(): Promise<Behaviour> {
  const { ours, powertools, end } = await allOf();
  const id = "ffffffff-0123-4567-89ab-0123456789ab";
  await ours.getSecret(name);
  await powertools.get(name);
  const one = (await ours.getSecret(name, { version: { id } })).reveal();
  const other = await powertools.get(name, { sdkOptions: { VersionId: id } });
  const which = (value: unknown) =>
    String(value).endsWith("another-version") ? "that version" : "the current version";
  await end();
  return {
    what: "another version by its id, after the current one",
    ours: which(one),
    powertools: which(other),
    middy: "cannot be asked for",
  };
}

/** After the time to live of a second, while the service answers 503. */
async function inAnOutage(): Promise<Behaviour> {
  const { service, ours, powertools, end } = await allOf();
  const middy = middySecrets(service, [name], 1000);
  let unhandled = 0;
  // Middy looks again by itself when the time is over, and nobody waits for that promise.
  const count = () => {
    unhandled += 1;
  };
  process.on("unhandledRejection", count);
  await Promise.all([ours.getSecret(name), powertools.get(name, { maxAge: 1 }), middy()]);
  await service.goDown();
  await wait(2500);
  const value = await ours.getSecret(name);
  const behaviour = {
    what: "a value whose time is over, in an outage",
    ours: value.stale === undefined ? "as if nothing were" : `the last good one, marked \`${value.stale}\``,
    powertools: (await errorOf(powertools.get(name))) === undefined ? "a value" : "an error",
    middy: `${(await errorOf(middy())) === undefined ? "a value" : "an error"}${unhandled > 0 ? ", after an unhandled rejection" : ""}`,
  };
  process.off("unhandledRejection", count);
  await end();
  return behaviour;
}

async function allOf() {
  const service = await startService();
  const ours = createSecrets({ source: awsSecretsManager(service.settings), ttl: "1s" });
  const powertools = new SecretsProvider({ clientConfig: { ...service.settings, maxAttempts: 1 } });
  const end = async () => {
    await ours.close();
    service.stop();
  };
  return { service, ours, powertools, end };
}

async function errorOf(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
    return undefined;
  } catch (error) {
    return error;
  }
}
