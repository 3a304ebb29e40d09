import { configureSecrets, createSecrets, getSecret, memorySource } from "@secretsource/core";
import { LRUCache } from "lru-cache";
import type { Loop } from "../lib/take-turns.ts";
import { filledPowertools } from "./powertools.ts";
import { withTelemetry } from "./telemetry.ts";

// Written by every loop, so that none of them can be optimised away.
let sink: unknown;

/** What the last loop read. */
export function lastRead(): unknown {
  return sink;
}

const value = "s".repeat(64);
const hour = 3_600_000;

function secretNames(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `production/myapp/secret-${index}`);
}

/** An instance that holds all these names, so that every further read is a hit. */
async function filledSecrets(names: readonly string[]) {
  const source = memorySource(Object.fromEntries(names.map((name) => [name, value])));
  const secrets = createSecrets({ source, ttl: "24h" });
  await readTwice(names, (name) => secrets.getSecret(name));
  return secrets;
}

/** The first read loads, the second finds: after both, all that a hit needs is there. */
async function readTwice(names: readonly string[], read: (name: string) => Promise<unknown>): Promise<void> {
  for (let round = 0; round < 2; round++) for (const name of names) await read(name);
}

/** One name, read from memory in seven ways. */
export async function cachedReads(): Promise<Record<string, Loop>> {
  const name = "production/myapp/stripe";
  const names = [name, ...secretNames(9)];
  const secrets = await filledSecrets(names);
  configureSecrets({ source: memorySource(Object.fromEntries(names.map((key) => [key, value]))), ttl: "24h" });
  await readTwice(names, (key) => getSecret(key));
  const secret = await secrets.getSecret(name);
  const map = new Map(names.map((key) => [key, secret]));
  const promises = new Map(names.map((key) => [key, Promise.resolve(secret)]));
  const lru = new LRUCache({ max: 1000, ttl: 24 * hour, fetchMethod: async () => secret });
  await readTwice(names, (key) => lru.fetch(key));
  const powertools = await filledPowertools(names, value);
  return {
    "map.get": async (times) => {
      for (let i = 0; i < times; i++) sink = await map.get(name);
    },
    "map.get of promises": async (times) => {
      for (let i = 0; i < times; i++) sink = await promises.get(name);
    },
    "secrets.getSecret": async (times) => {
      for (let i = 0; i < times; i++) sink = await secrets.getSecret(name);
    },
    "secrets.getSecret, OpenTelemetry on": withTelemetry(async (times) => {
      for (let i = 0; i < times; i++) sink = await secrets.getSecret(name);
    }),
    getSecret: async (times) => {
      for (let i = 0; i < times; i++) sink = await getSecret(name);
    },
    "lru.fetch": async (times) => {
      for (let i = 0; i < times; i++) sink = await lru.fetch(name);
    },
    powertools: async (times) => {
      for (let i = 0; i < times; i++) sink = await powertools(name);
    },
  };
}

/** The same hit in an instance of ten entries and in one of a thousand, the names in an order without a pattern. */
export async function growingReads(): Promise<Record<string, Loop>> {
  const loops: Record<string, Loop> = {};
  for (const count of [10, 1000]) {
    const names = shuffled(secretNames(count));
    const secrets = await filledSecrets(names);
    loops[`${count} entries`] = async (times) => {
      for (let i = 0; i < times; i++) sink = await secrets.getSecret(names[i % count] ?? "");
    };
  }
  return loops;
}

/** What a hit is made of, each part alone. */
export async function partsOfAHit(): Promise<Record<string, Loop>> {
  const name = "production/myapp/stripe";
  const secrets = await filledSecrets([name]);
  const promise = secrets.getSecret(name);
  const lru = new LRUCache<string, object>({ max: 1000, maxSize: 2 ** 26, sizeCalculation: () => 1 });
  lru.set(name, promise);
  return {
    "empty loop": async (times) => {
      for (let i = 0; i < times; i++) sink = i;
    },
    "await of a settled promise": async (times) => {
      for (let i = 0; i < times; i++) sink = await promise;
    },
    "Date.now()": async (times) => {
      for (let i = 0; i < times; i++) sink = Date.now();
    },
    "lru-cache get()": async (times) => {
      for (let i = 0; i < times; i++) sink = lru.get(name);
    },
    "getSecret() without await": async (times) => {
      for (let i = 0; i < times; i++) sink = secrets.getSecret(name);
    },
    "await getSecret()": async (times) => {
      for (let i = 0; i < times; i++) sink = await secrets.getSecret(name);
    },
  };
}

function shuffled(names: readonly string[]): string[] {
  // A multiplier without a common factor visits every name once, in an order that looks like none.
  return names.map((_, index) => names[(index * 619 + 7) % names.length] ?? "");
}
