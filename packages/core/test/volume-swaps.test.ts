import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { expect, test, vi } from "vitest";
import { z } from "zod";
import { fileSource } from "../src/built-in/file-source.ts";
import { createSecrets } from "../src/client/create-secrets.ts";
import { SecretsInstance } from "../src/client/secrets-instance.ts";
import { systemClock } from "../src/time/system-clock.ts";
import { ask } from "./ask.ts";
import { keysOf, swapUnder, volumeFolder } from "./swapped-volume.ts";

const swaps = 500;
const schema = z.object({ username: z.string(), password: z.string() });
const eight = (read: () => Promise<void>) => Array.from({ length: 8 }, () => read);

test("500 swaps under 8 readers of the source: no torn pair, and none under another version", async () => {
  const { directory, path } = volumeFolder();
  const source = fileSource({ directory });
  const seen = new Set<string | undefined>();
  const torn: unknown[] = [];
  const failures = new Set<string>();
  const read = async (name: "db" | "db/password") => {
    const answer = await ask(source, name);
    if (answer.failure !== undefined) {
      failures.add(answer.failure);
      return;
    }
    const { payload, version = "" } = answer;
    const whole = keysOf(version);
    if (payload !== (name === "db" ? JSON.stringify(whole) : whole.password)) torn.push(answer);
    seen.add(version);
  };
  const readers = eight(() => read("db")).with(0, () => read("db/password"));
  await swapUnder(readers, { path, swaps });
  expect(torn).toEqual([]);
  // A volume that changes during ten attempts in a row is no torn answer but a failure, which core tries again.
  expect([...failures].filter((failure) => failure !== "unavailable")).toEqual([]);
  expect(seen.size).toBeGreaterThan(20);
}, 60_000);

test("500 swaps under 8 readers of an instance: no torn pair, no failed read, and the last value in the end", async () => {
  const { directory, path } = volumeFolder();
  await using secrets = new SecretsInstance({
    // Shorter than what a user may set, so that nearly every read asks the source.
    sources: [
      {
        name: "mounted",
        members: [fileSource({ directory })],
        when: new Set(),
        policy: { ttlMs: 1, maxStaleMs: 60_000 },
      },
    ],
    defaultName: "mounted",
    clock: systemClock,
    random: Math.random,
  });
  const seen = new Set<string | undefined>();
  const torn: unknown[] = [];
  const read = async () => {
    const db = await secrets.getSecret("db", { schema });
    const whole = keysOf(db.version ?? "");
    const { username, password } = db.reveal();
    if (username !== whole.username || password !== whole.password)
      torn.push({ version: db.version, username, password });
    seen.add(db.version);
  };
  const last = await swapUnder(eight(read), { path, swaps });
  expect(torn).toEqual([]);
  expect(seen.size).toBeGreaterThan(20);
  await vi.waitFor(async () => expect((await secrets.getSecret("db")).version).toBe(last));
}, 60_000);

test("500 swaps under 8 readers of a live secret: no torn pair, and it comes to the last value by itself", async () => {
  const { directory, path } = volumeFolder();
  await using secrets = createSecrets({ source: fileSource({ directory }), ttl: "1h" });
  const live = await secrets.watchSecret("db", { schema });
  const seen = new Set<string | undefined>();
  const torn: unknown[] = [];
  const last = await swapUnder(
    eight(async () => {
      const { current } = live;
      if (!isDeepStrictEqual({ ...current.reveal() }, keysOf(current.version ?? ""))) torn.push(current.reveal());
      seen.add(current.version);
    }),
    { path, swaps },
  );
  // Events of the folder, and one look a second: it has followed on the way, and follows the last swap too.
  expect(torn).toEqual([]);
  expect(seen.size).toBeGreaterThan(1);
  await vi.waitFor(() => expect(live.current.version).toBe(last), { timeout: 10_000 });
  expect(live.current.reveal()).toEqual(keysOf(last));
}, 60_000);

test("the same swaps do tear a pair for readers that open one file after the other", async () => {
  const { path } = volumeFolder();
  let torn = 0;
  const read = async () => {
    try {
      const username = await readFile(join(path, "username"), "utf8");
      const password = await readFile(join(path, "password"), "utf8");
      if (username.replace("username", "password") !== password) torn += 1;
    } catch {
      // The old contents went while they were read: the reader begins anew.
    }
  };
  await swapUnder(eight(read), { path, swaps });
  expect(torn).toBeGreaterThan(0);
}, 60_000);
