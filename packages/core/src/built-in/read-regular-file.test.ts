import { execFileSync } from "node:child_process";
import { renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import * as files from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, expect, test, vi } from "vitest";
import { tempFolder } from "../../test/temp-folder.ts";
import { readRegularFile } from "./read-regular-file.ts";

vi.mock("node:fs/promises", { spy: true });

const { lstat, open, realpath } = vi.mocked(files);
const limits = { maxBytes: 1000, signal: new AbortController().signal };

beforeEach(() => vi.clearAllMocks());

/** Lets somebody else act right after the nth call of a function, before its answer is seen. */
async function after(which: "lstat" | "realpath", nth: number, act: () => void): Promise<void> {
  const real = (await vi.importActual<typeof files>("node:fs/promises"))[which] as (
    ...args: unknown[]
  ) => Promise<unknown>;
  let calls = 0;
  const acting = async (...args: unknown[]) => {
    const answer = await real(...args);
    calls += 1;
    if (calls === nth) act();
    return answer;
  };
  for (let count = 0; count < nth; count += 1)
    (which === "lstat" ? lstat : realpath).mockImplementationOnce(acting as never);
}

test("reads through links what is a regular file", async () => {
  const folder = tempFolder({ a: "x" });
  symlinkSync("a", join(folder, "link"));
  await expect(readRegularFile(join(folder, "link"), limits)).resolves.toEqual({ bytes: Uint8Array.from([0x78]) });
});

test("what is too large, a folder or a pipe is not even opened", async () => {
  const folder = tempFolder({ large: "" });
  truncateSync(join(folder, "large"), 100 * 1024 * 1024);
  execFileSync("mkfifo", [join(folder, "pipe")]);
  await expect(readRegularFile(join(folder, "large"), limits)).resolves.toEqual({ obstacle: "too-large" });
  await expect(readRegularFile(folder, limits)).resolves.toEqual({ obstacle: "folder" });
  await expect(readRegularFile(join(folder, "pipe"), limits)).resolves.toEqual({ obstacle: "special" });
  expect(open).not.toHaveBeenCalled();
});

test("a pipe that took the file's place after the first look is opened without waiting, and refused", async () => {
  const folder = tempFolder({ a: "x" });
  await after("lstat", 1, () => {
    rmSync(join(folder, "a"));
    execFileSync("mkfifo", [join(folder, "a")]);
  });
  await expect(readRegularFile(join(folder, "a"), limits)).resolves.toEqual({ obstacle: "special" });
  expect(open).toHaveBeenCalledTimes(1);
});

test("a link that took the file's place after the first look is not followed", async () => {
  const folder = tempFolder({ a: "x", outside: "hunter2" });
  await after("lstat", 1, () => {
    rmSync(join(folder, "a"));
    symlinkSync("outside", join(folder, "a"));
  });
  await expect(readRegularFile(join(folder, "a"), limits)).resolves.toEqual({ obstacle: "changed" });
});

test("a folder on the way that became a link after it was judged is noticed", async () => {
  const folder = tempFolder({ "inside/a": "x", "outside/a": "hunter2" });
  await after("realpath", 1, () => {
    renameSync(join(folder, "inside"), join(folder, "was-inside"));
    symlinkSync("outside", join(folder, "inside"));
  });
  const allowed = (path: string) => path.includes("/inside/");
  await expect(readRegularFile(join(folder, "inside", "a"), limits, allowed)).resolves.toEqual({ obstacle: "changed" });
  await expect(readRegularFile(join(folder, "inside", "a"), limits, allowed)).resolves.toEqual({ obstacle: "outside" });
});

test("a file that vanished after it was found has changed, and one that was not found is absent", async () => {
  const folder = tempFolder({ a: "x" });
  await after("realpath", 1, () => rmSync(join(folder, "a")));
  await expect(readRegularFile(join(folder, "a"), limits)).resolves.toEqual({ obstacle: "changed" });
  await expect(readRegularFile(join(folder, "a"), limits)).resolves.toEqual({ obstacle: "absent" });
});

test("a file that is written to while it is open has changed", async () => {
  const path = join(tempFolder({ a: "old" }), "a");
  // The second look comes when the file is open.
  await after("lstat", 2, () => writeFileSync(path, "newer"));
  await expect(readRegularFile(path, limits)).resolves.toEqual({ obstacle: "changed" });
  await expect(readRegularFile(path, limits)).resolves.toEqual({ bytes: new TextEncoder().encode("newer") });
});

test("closes what it opened, and opens nothing after an abort", async () => {
  const folder = tempFolder({ a: "x" });
  const controller = new AbortController();
  await readRegularFile(join(folder, "a"), limits);
  await expect(
    readRegularFile(join(folder, "a"), { maxBytes: 1000, signal: controller.signal }, () => {
      controller.abort(new Error("enough"));
      return true;
    }),
  ).rejects.toThrow("enough");
  expect(open).toHaveBeenCalledTimes(1);
  for (const { value } of open.mock.settledResults) expect((value as files.FileHandle).fd).toBe(-1);
});
