import { createSecrets, getSecret } from "../src/index.ts";
import {
  assertLeaksNothing,
  minted,
  mockSource,
  testSecrets,
  virtualClock,
  withTestSecrets,
} from "../src/testing/index.ts";
import { canary, canaryBytes, type Drive } from "./leak-harness.ts";
import { outcomeOf, readAll } from "./leak-rows-root.ts";

const context = { signal: new AbortController().signal, bypassCaches: false };

async function all(...works: readonly (() => unknown)[]): Promise<unknown[]> {
  return Promise.all(works.map(outcomeOf));
}

async function driveMock(): Promise<unknown[]> {
  const test = testSecrets({ db: canary, bytes: canaryBytes, json: { password: canary }, hangs: canary });
  const { secrets, source } = test;
  source.rotate("db", canary);
  source.stage("db", canary);
  source.fail("bytes", "unavailable", { times: 1 });
  source.absent("none");
  const probed = await source.probe?.({ name: "db", version: "current" }, context);
  const revealed = await test.clock.until(secrets.getSecret("json", { field: "password" }));
  if (revealed.reveal() !== canary) throw new Error("the canary did not come through");
  return [
    source,
    probed,
    ...(await test.clock.until(readAll(secrets, ["db", "json", "none", "stranger"]))),
    source.calls,
    ...(await all(
      () => source.assertNoCalls(),
      () => source.assertAllUsed(),
      () => source.define("db", canary),
      () => source.rotate("stranger", canary),
      () => source.rotate("db", Symbol(canary) as never),
      () => source.annotate("db", canary as never),
      () => source.fail("db", canary as never),
      () => source.fail("db", "unavailable", { times: canary as never }),
      () => source.delay("db", canary as never),
      () => mockSource({ db: Symbol(canary) as never }),
      () => mockSource(canary as never),
      () => mockSource({}, { batch: canary as never }),
    )),
  ];
}

async function driveMinted(): Promise<unknown[]> {
  const throws = minted(() => {
    throw new Error(canary);
  });
  const fixed = minted(canary);
  const source = mockSource({ fixed, made: minted((count) => ({ password: `${canary}${count}` })), throws });
  const lease = await outcomeOf(async () => {
    await source.read({ name: "fixed", version: "current" }, context);
    return source.leases?.renew("fixed/lease-1", context);
  });
  return [
    fixed,
    source,
    lease,
    ...(await readAll(createSecrets({ source }), ["fixed", "made", "throws"])),
    ...(await all(
      () => minted(Symbol(canary) as never),
      () => minted("x", { ttl: canary as never }),
      () => mockSource({ fixed, other: canary }),
    )),
  ];
}

async function driveTest(): Promise<unknown[]> {
  const test = testSecrets({ db: canary }, { sources: { other: { db: { password: canary } } } });
  const outcomes = [test, ...(await all(() => testSecrets({ db: canary }, { ttl: canary as never })))];
  return [...outcomes, ...(await readAll(test.secrets, ["db"])), await outcomeOf(() => test.close())];
}

async function driveWith(): Promise<unknown[]> {
  const inside = await withTestSecrets({ db: canary }, async (test) => [test, await getSecret("db")]);
  const leaving = () => withTestSecrets({ db: canary }, ({ clock }) => void clock.setTimer(() => canary, 1));
  return [...inside, await outcomeOf(leaving)];
}

/** Its error is what is looked at: of what leaks in it, it is the one to tell. */
async function driveAssert(): Promise<unknown[]> {
  const forms = [canary, { password: canary }, new Error(canary), Buffer.from(canary).toString("base64")];
  const outcomes = await all(
    ...forms.map((form) => () => assertLeaksNothing({ password: canary }, () => form as unknown)),
    () => assertLeaksNothing([canary], () => Promise.reject(new Error(canary))),
    () => assertLeaksNothing([canary, Symbol(canary) as never], () => {}),
    () => assertLeaksNothing(canary as never, () => {}),
  );
  if (!outcomes.every((outcome) => outcome instanceof Error)) throw new Error("a leak was not found");
  return outcomes;
}

async function driveClock(): Promise<unknown[]> {
  const clock = virtualClock();
  clock.setTimer(() => {
    throw new Error("a timer of the test");
  }, 1);
  const thrown = await outcomeOf(() => clock.advance("1s"));
  clock.setTimer(() => void canary, 1, "hold");
  return [
    clock,
    thrown,
    ...(await all(
      () => clock.assertIdle(),
      () => clock.advance(canary as never),
      () => clock.until(new Promise(() => canary), 0),
    )),
  ];
}

/** One row per value that the testing entry exports. */
export const testingRows: Readonly<Record<string, Drive>> = {
  assertLeaksNothing: driveAssert,
  minted: driveMinted,
  mockSource: driveMock,
  testSecrets: driveTest,
  virtualClock: driveClock,
  withTestSecrets: driveWith,
};
