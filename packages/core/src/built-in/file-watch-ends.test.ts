import type { FSWatcher } from "node:fs";
import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { tempFolder } from "../../test/temp-folder.ts";
import { watchedFiles } from "../../test/watched-files.ts";
import { withoutPrivileges } from "../../test/without-privileges.ts";

const system = vi.hoisted(() => ({
  folders: [] as string[],
  watchers: [] as FSWatcher[],
  closed: new Set<FSWatcher>(),
  fails: undefined as string | undefined,
}));

vi.mock("node:fs", async (original) => {
  const real = await original<typeof import("node:fs")>();
  const watch = (folder: string, options: { persistent: boolean }) => {
    if (system.fails !== undefined) throw Object.assign(new Error("watch"), { code: system.fails });
    const watcher = real.watch(folder, options);
    system.folders.push(folder);
    system.watchers.push(watcher);
    watcher.on("close", () => system.closed.add(watcher));
    return watcher;
  };
  return { ...real, watch };
});

beforeEach(() => {
  Object.assign(system, { folders: [], watchers: [], fails: undefined });
});

/** How many handles of this test were opened, once all of them are closed. */
const closedAll = () =>
  vi.waitFor(
    () => {
      expect(system.watchers.filter((watcher) => !system.closed.has(watcher))).toEqual([]);
      return system.watchers.length;
    },
    { interval: 1 },
  );

const keyIn = (folder: string) => () => ({ folder, segments: ["db", "key"] });

test("an abort closes every handle and every timer, also of what is just being gathered", async () => {
  const folder = tempFolder({ "db/key": "1" });
  const watched = await watchedFiles(keyIn(folder));
  expect(system.folders).toEqual([folder, join(folder, "db")]);
  writeFileSync(join(folder, "db", "key"), "2");
  await vi.waitFor(() => expect(watched.clock.pending).toBe(2), { interval: 1 });
  watched.controller.abort();
  await watched.end;
  expect(await closedAll()).toBe(2);
  watched.clock.assertIdle();
  expect(watched.reports()).toBe(0);
});

test("an abort during the first look opens nothing", async () => {
  const folder = tempFolder({ "db/key": "1" });
  const watching = watchedFiles(keyIn(folder), { abortAtOnce: true });
  const watched = await watching;
  await watched.end;
  expect(system.folders).toEqual([]);
  watched.clock.assertIdle();
});

test.each(["ENOSPC", "EMFILE", "ENOSYS", "EACCES"])("ends quietly where the system says %s", async (code) => {
  const folder = tempFolder({ "db/key": "1" });
  system.fails = code;
  const watched = await watchedFiles(keyIn(folder));
  await watched.end;
  expect(watched.reports()).toBe(0);
  watched.clock.assertIdle();
});

test("ends quietly at an error of the system's while it runs", async () => {
  const folder = tempFolder({ "db/key": "1" });
  const watched = await watchedFiles(keyIn(folder));
  system.watchers[0]?.emit("error", new Error("the mount is gone"));
  await watched.end;
  expect(await closedAll()).toBe(2);
  watched.clock.assertIdle();
});

test("ends quietly where the folders may not be looked at", async () => {
  const folder = tempFolder({ "db/key": "1" });
  chmodSync(folder, 0);
  onTestFinished(() => chmodSync(folder, 0o700));
  await withoutPrivileges(async () => {
    const watched = await watchedFiles(keyIn(folder));
    await watched.end;
    watched.clock.assertIdle();
  });
});

test("a folder that goes between the look and the watch is looked for again", async () => {
  const folder = tempFolder({ "db/key": "1" });
  system.fails = "ENOENT";
  const watched = await watchedFiles(keyIn(folder));
  expect(watched.hasEnded()).toBe(false);
  system.fails = undefined;
  expect(await watched.afterSlowLook(() => {})).toBe(1);
  expect(await watched.after(() => writeFileSync(join(folder, "db", "key"), "2"))).toBe(1);
});

test("secrets of one folder share its handle, and the last one closes it", async () => {
  const folder = tempFolder({ a: "1", b: "1" });
  const watched = await watchedFiles((name) => ({ folder, segments: [name] }), { names: ["a", "b"] });
  expect(system.folders).toEqual([folder]);
  expect(await watched.after(() => writeFileSync(join(folder, "b"), "2"))).toBe(1);
  watched.controller.abort();
  await watched.end;
  expect(await closedAll()).toBe(1);
});
