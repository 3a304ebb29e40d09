import {
  configureSecrets,
  createSecrets,
  type LiveSecret,
  memorySource,
  watchSecret,
  withSecret,
} from "../src/index.ts";
import { virtualClock } from "../src/testing/index.ts";
import { forgetDefault } from "./forget-default.ts";
import { canary, type Drive } from "./leak-harness.ts";
import { outcomeOf } from "./leak-rows-root.ts";
import { within } from "./outcomes.ts";

const isAuthError = (error: unknown) => error instanceof Error && error.message === "login refused";
const refuseLogin = () => Promise.reject(new Error("login refused"));
const quotes = (value: unknown): never => {
  throw new Error(`${JSON.stringify(value)} ${canary}`);
};

function rotatingInstance() {
  const clock = virtualClock();
  const source = memorySource({ db: `${canary}-1`, json: JSON.stringify({ password: canary }) });
  const heard: unknown[] = [];
  const secrets = createSecrets({ source, clock, ttl: "1m" });
  secrets.on((event) => void heard.push(event));
  const finish = async () => [...heard, secrets, secrets.status(), secrets.health(), await secrets.close()];
  return { clock, source, secrets, heard, finish };
}

/** Each reads its own property: a handle that has nothing to give throws there. */
async function driveLive(live: LiveSecret<unknown>, heard: unknown[]): Promise<void> {
  live.onRotate((...secrets) => void heard.push(...secrets));
  live.onRotate(quotes);
  heard.push(live, await outcomeOf(() => live.current));
}

async function driveWatch(): Promise<unknown[]> {
  const { clock, source, secrets, heard, finish } = rotatingInstance();
  const live = await secrets.watchSecret("db");
  await driveLive(live, heard);
  const odd = [canary, { verify: canary }, { as: canary }, { schema: canary }];
  heard.push(
    ...(await Promise.all(odd.map((options) => outcomeOf(() => secrets.watchSecret("db", options as never))))),
  );
  heard.push(await outcomeOf(() => secrets.watchSecret("db", { as: "json" })));
  heard.push(await outcomeOf(() => secrets.watchSecret("none")));
  source.set("db", `${canary}-2`);
  await clock.advance("2m");
  if (live.current.reveal() !== `${canary}-2`) throw new Error("the rotation did not arrive, so the row shows less");
  source.remove("db");
  await clock.advance("3h");
  heard.push(await outcomeOf(() => live.current));
  live.close();
  return [live, ...(await finish())];
}

async function driveWith(): Promise<unknown[]> {
  const { clock, secrets, finish } = rotatingInstance();
  const revealed = await secrets.withSecret("db", (secret) => secret.reveal(), { isAuthError });
  if (revealed !== `${canary}-1`) throw new Error("the canary did not come through");
  const refused = outcomeOf(() => within(clock, "5m", secrets.withSecret("db", refuseLogin, { isAuthError })));
  const outcomes = [
    await refused,
    await outcomeOf(() => secrets.withSecret("none", refuseLogin, { isAuthError })),
    await outcomeOf(() => secrets.withSecret("json", refuseLogin, { isAuthError, field: "user" })),
    await outcomeOf(() => secrets.withSecret("db", refuseLogin, { isAuthError: quotes })),
    await outcomeOf(() => secrets.withSecret("db", refuseLogin, { isAuthError: canary as never })),
  ];
  return [...outcomes, ...(await finish())];
}

async function driveAccept(): Promise<unknown[]> {
  const { secrets, finish } = rotatingInstance();
  const accepted = await secrets.acceptAny("db", (_secret, equals) => equals(`${canary}-1`));
  if (accepted === undefined) throw new Error("the canary did not come through");
  const outcomes = [
    accepted,
    await outcomeOf(() => secrets.acceptAny("db", () => false)),
    await outcomeOf(() => secrets.acceptAny("none", () => true)),
    await outcomeOf(() => secrets.acceptAny("json", () => true, { as: "json", field: "user" })),
    await outcomeOf(() => secrets.acceptAny("db", () => true, { pending: canary as never })),
  ];
  return [...outcomes, ...(await finish())];
}

async function driveHint(): Promise<unknown[]> {
  const { clock, source, secrets, finish } = rotatingInstance();
  const live = await secrets.watchSecret("db");
  source.set("db", `${canary}-2`);
  secrets.hint("db", { rejected: "1" });
  secrets.hint(canary);
  secrets.hint("db", { rejected: canary });
  await clock.advance("2s");
  if (live.current.reveal() !== `${canary}-2`) throw new Error("the hint did nothing, so the row shows nothing");
  const odd = [canary, { spread: canary }, { rejected: { canary } }, { source: canary }];
  return [
    ...(await Promise.all(odd.map((one) => outcomeOf(() => secrets.hint("db", one as never))))),
    ...(await finish()),
  ];
}

async function driveDefault(): Promise<unknown[]> {
  forgetDefault();
  const heard: unknown[] = [];
  const secrets = configureSecrets({ source: memorySource({ db: canary }), clock: virtualClock() });
  await driveLive(await watchSecret("db"), heard);
  const length = await withSecret("db", (secret) => secret.reveal().length, { isAuthError });
  if (length !== canary.length) throw new Error("the canary did not come through");
  heard.push(await outcomeOf(() => withSecret("db", () => 0, { isAuthError: canary as never })));
  heard.push(await outcomeOf(() => watchSecret("db", { verify: canary as never })));
  heard.push(await secrets.close());
  forgetDefault();
  return heard;
}

/** A hook that quotes what it refuses: of a first value, and of a new one. */
export async function driveVerify(): Promise<unknown[]> {
  const { clock, source, secrets, heard, finish } = rotatingInstance();
  const live = await secrets.watchSecret("db", {
    verify: (next) => (next.version === "2" ? quotes(next.reveal()) : undefined),
  });
  source.set("db", `${canary}-2`);
  await clock.advance("2m");
  if (live.current.reveal() !== `${canary}-1`) throw new Error("the new value was not refused");
  await driveLive(live, heard);
  const first = outcomeOf(() =>
    within(clock, "1m", secrets.watchSecret("json", { verify: (next) => quotes(next.reveal()) })),
  );
  return [await first, ...(await finish())];
}

export const rootRotationRows: Readonly<Record<string, Drive>> = {
  watchSecret: driveDefault,
  withSecret: driveDefault,
};

export const instanceRotationRows: Readonly<Record<string, Drive>> = {
  acceptAny: driveAccept,
  hint: driveHint,
  watchSecret: driveWatch,
  withSecret: driveWith,
};
