import { channel } from "node:diagnostics_channel";
import { describe, expect, test } from "vitest";
import type { SecretsEvent } from "../src/state/secrets-event.ts";
import { scriptedInstance } from "./scripted-instance.ts";
import { hangs } from "./scripted-source.ts";

/** What there is to tell of one secret: loaded, rotated, failed, stale, recovered. */
async function livesThroughIt({ secrets, source, clock }: ReturnType<typeof scriptedInstance>): Promise<string[]> {
  const got: string[] = [];
  const read = async () => {
    const secret = await secrets.getSecret("db").catch((error: { readonly code: string }) => error.code);
    got.push(typeof secret === "string" ? secret : `${secret.reveal()}${secret.stale === undefined ? "" : "?"}`);
  };
  source.script({ payload: "one", version: "1" });
  await read();
  await clock.advance("5m");
  source.script({ payload: "two", version: "2" });
  await read();
  await clock.advance("5m");
  source.script({ failure: "unavailable" });
  const failing = read();
  await clock.advance("10s");
  await failing;
  await clock.advance("2h");
  const late = read();
  await clock.advance("10s");
  await late;
  await clock.advance("2m");
  source.script({ payload: "three", version: "3" });
  await read();
  return got;
}

const story = [
  "loaded",
  "loaded",
  "rotated",
  "refresh-failed",
  "became-stale",
  "expired",
  "loaded",
  "rotated",
  "recovered",
];
const reads = ["one", "two", "two?", "stale-limit", "three"];

function makeInstance() {
  return scriptedInstance("value", { ttl: "5m" });
}

function typesOf(events: readonly SecretsEvent[]): string[] {
  return events.map(({ type }) => type).filter((type) => type !== "closed");
}

test("the events of a secret come in the order in which things happened, and hold no value", async () => {
  const made = makeInstance();
  const heard: SecretsEvent[] = [];
  made.secrets.on((event) => heard.push(event));
  expect(await livesThroughIt(made)).toEqual(reads);
  expect(typesOf(heard).filter((type) => type !== "refresh-failed")).toEqual(
    story.filter((type) => type !== "refresh-failed"),
  );
  expect(typesOf(heard).slice(0, 5)).toEqual(story.slice(0, 5));
  const versions = heard.flatMap((event) => (event.type === "rotated" ? [[event.previousVersion, event.version]] : []));
  expect(versions).toEqual([
    ["1", "2"],
    ["2", "3"],
  ]);
  for (const text of [
    JSON.stringify(heard),
    JSON.stringify(made.secrets.status()),
    JSON.stringify(made.secrets.health()),
  ]) {
    for (const value of ["one", "two", "three"]) expect(text).not.toContain(value);
  }
  await made.secrets.close();
  expect(heard.at(-1)?.type).toBe("closed");
});

describe.each<[string, (made: ReturnType<typeof scriptedInstance>) => (event: SecretsEvent) => unknown]>([
  [
    "throws",
    () => () => {
      throw new Error("a listener's own trouble");
    },
  ],
  ["rejects", () => () => Promise.reject(new Error("a listener's own trouble"))],
  ["hangs", () => () => hangs()],
  [
    "reads the secret again",
    ({ secrets }) =>
      () =>
        void secrets.getSecret("db").catch(() => {}),
  ],
  [
    "forces a refresh",
    ({ secrets }) =>
      () =>
        void secrets.getSecret("db", { refresh: true }).catch(() => {}),
  ],
  [
    "reads another",
    ({ secrets }) =>
      (event) =>
        void ("selector" in event && event.secretName === "db" && secrets.getSecret("other").catch(() => {})),
  ],
  [
    "subscribes again",
    ({ secrets }) =>
      () =>
        secrets.on(() => {}),
  ],
  [
    "asks for the status",
    ({ secrets }) =>
      () =>
        secrets.status(),
  ],
])("a listener that %s", (_what, listener) => {
  test("disturbs nobody: readers get the same, and the others hear the same", async () => {
    const made = makeInstance();
    const before: SecretsEvent[] = [];
    const after: SecretsEvent[] = [];
    const published: SecretsEvent[] = [];
    const publish = (event: unknown) => published.push(event as SecretsEvent);
    channel("secretsource:event").subscribe(publish);
    made.secrets.on((event) => before.push(event));
    made.secrets.on(listener(made));
    made.secrets.on((event) => after.push(event));
    const got = await livesThroughIt(made);
    await made.secrets.close();
    channel("secretsource:event").unsubscribe(publish);
    expect(got).toEqual(reads);
    const about = (events: readonly SecretsEvent[]) =>
      typesOf(events.filter((event) => "secretName" in event && event.secretName === "db"));
    const calm = (types: readonly string[]) => types.filter((type) => type !== "refresh-failed");
    expect(calm(about(before))).toEqual(calm(story));
    expect(after).toEqual(before);
    expect(published).toEqual(before);
  });
});

test("a listener that closes the instance: whoever reads gets `closed`, and it is told once, at the end", async () => {
  const { secrets, source, clock } = makeInstance();
  const heard: SecretsEvent[] = [];
  secrets.on((event) => {
    if (event.type === "loaded") void secrets.close();
  });
  secrets.on((event) => heard.push(event));
  await expect(secrets.getSecret("db")).rejects.toMatchObject({ code: "closed" });
  await expect(secrets.getSecret("db")).rejects.toMatchObject({ code: "closed" });
  expect(heard.map(({ type }) => type)).toEqual(["loaded", "closed"]);
  expect(source.calls).toHaveLength(1);
  expect(source.closes).toBe(1);
  clock.assertIdle();
});

test("a listener that unsubscribes the others is obeyed at once", async () => {
  const { secrets } = makeInstance();
  const heard: string[] = [];
  secrets.on(() => off());
  const off = secrets.on((event) => heard.push(event.type));
  await secrets.getSecret("db");
  expect(heard).toEqual([]);
});

test("what a listener causes is told, and published, after what it heard", async () => {
  const { secrets, source, clock } = makeInstance();
  const heard: string[] = [];
  const published: string[] = [];
  const publish = (event: unknown) => published.push((event as SecretsEvent).type);
  channel("secretsource:event").subscribe(publish);
  // A stale read within `refresh-failed` tells `became-stale` at once.
  secrets.on((event) => {
    if (event.type === "refresh-failed") void secrets.getSecret("db").catch(() => {});
  });
  secrets.on((event) => heard.push(event.type));
  await secrets.getSecret("db");
  await clock.advance("5m");
  source.script({ failure: "unauthenticated" });
  await secrets.getSecret("db");
  channel("secretsource:event").unsubscribe(publish);
  expect(heard).toEqual(["loaded", "refresh-failed", "became-stale"]);
  expect(published).toEqual(heard);
});
