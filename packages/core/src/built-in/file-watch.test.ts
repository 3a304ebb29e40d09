import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { swapVolume } from "../../test/kubelet-volume.ts";
import { tempFolder } from "../../test/temp-folder.ts";
import type { SecretSource } from "../source/secret-source.ts";
import { fileSource } from "./file-source.ts";

/** Changes the files until a report comes, since nobody can see from outside when a watch is in place. */
async function reports(source: SecretSource, name: string, change: () => void): Promise<boolean> {
  const controller = new AbortController();
  const changed = vi.fn();
  const ended = source.watch?.(name, changed, { signal: controller.signal, bypassCaches: false });
  try {
    await vi.waitFor(
      () => {
        if (changed.mock.calls.length > 0) return;
        change();
        throw new Error("There was no report");
      },
      { timeout: 3000, interval: 20 },
    );
    return true;
  } catch {
    return false;
  } finally {
    controller.abort();
    await ended;
  }
}

test("a folder of volumes reports a swap", async () => {
  const volume = tempFolder();
  swapVolume(volume, { key: "1" });
  expect(await reports(fileSource({ directory: volume }), "key", () => swapVolume(volume, { key: "2" }))).toBe(true);
});

test("one file reports its replacement, whichever entry is watched", async () => {
  const folder = tempFolder({ "all.json": "{}" });
  const replace = () => {
    writeFileSync(join(folder, "all.json~"), '{"a":"1"}');
    renameSync(join(folder, "all.json~"), join(folder, "all.json"));
  };
  expect(await reports(fileSource({ file: join(folder, "all.json") }), "a", replace)).toBe(true);
});

test("a URI is watched as what its path is", async () => {
  const folder = tempFolder({ key: "1", ".env": "A=1" });
  const write = (name: string) => () => writeFileSync(join(folder, name), "A=2");
  expect(await reports(fileSource.fromUri(`file:${folder}`), "key", write("key"))).toBe(true);
  expect(await reports(fileSource.fromUri(`file:${join(folder, ".env")}`), "A", write(".env"))).toBe(true);
});

test("a signal that is aborted already ends it at once", async () => {
  const source = fileSource({ directory: tempFolder({ key: "1" }) });
  const context = { signal: AbortSignal.abort(), bypassCaches: false };
  await expect(source.watch?.("key", () => {}, context)).resolves.toBeUndefined();
});
