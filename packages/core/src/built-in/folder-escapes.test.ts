import { execFileSync } from "node:child_process";
import { linkSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { ask, failureOf } from "../../test/ask.ts";
import { tempFolder } from "../../test/temp-folder.ts";
import { fileSource } from "./file-source.ts";

test.each(["../outside", "a/../../outside", "/etc/passwd", "a//b", "", "..data/a", "a\0b"])(
  "the name %j is refused before the disk is asked",
  async (name) => {
    const source = fileSource({ directory: join(tempFolder(), "does", "not", "exist") });
    await expect(failureOf(ask(source, name))).resolves.toMatch(
      /^invalid-request: The name of a secret is a path below/,
    );
  },
);

test("symbolic links are followed inside the folder and refused where they leave it", async () => {
  const parent = tempFolder({ "outside/a": "hunter2", "secrets/inside/a": "x", "secrets-of-others/a": "hunter2" });
  const directory = join(parent, "secrets");
  for (const [target, link] of [
    ["inside/a", "file-link"],
    ["inside", "folder-link"],
    ["../secrets/inside/a", "round-trip"],
    ["../outside/a", "out-file"],
    ["../outside", "out-folder"],
    ["../secrets-of-others/a", "out-sibling"],
    [join(parent, "outside", "a"), "out-absolute"],
    ["out-file", "out-in-two-steps"],
    ["/etc/hostname", "out-etc"],
  ] as const) {
    symlinkSync(target, join(directory, link));
  }
  const source = fileSource({ directory });
  for (const name of ["file-link", "folder-link/a", "round-trip"]) {
    await expect(ask(source, name)).resolves.toEqual({ payload: "x" });
  }
  for (const name of [
    "out-file",
    "out-folder/a",
    "out-folder",
    "out-sibling",
    "out-absolute",
    "out-in-two-steps",
    "out-etc",
  ]) {
    await expect(failureOf(ask(source, name))).resolves.toMatch(/^invalid-request: .* is a symbolic link that leaves/);
  }
});

test("the folder itself may be a link", async () => {
  const parent = tempFolder({ "real/a": "x" });
  symlinkSync("real", join(parent, "link"));
  await expect(ask(fileSource({ directory: join(parent, "link") }), "a")).resolves.toEqual({ payload: "x" });
});

test("a volume's link that leaves the folder is refused, its keys unnamed", async () => {
  const parent = tempFolder({ "outside/hunter2": "x" });
  const directory = join(parent, "secrets");
  mkdirSync(join(directory, "db"), { recursive: true });
  symlinkSync("../../outside", join(directory, "db", "..data"));
  for (const name of ["db", "db/hunter2"]) {
    const answer = await failureOf(ask(fileSource({ directory }), name));
    expect(answer).toMatch(/^invalid-request: ".*\/db\/..data" is a symbolic link that leaves/);
    expect(answer).not.toContain("hunter2");
  }
});

test("a pipe, a socket and a device are refused and do not hang", async () => {
  const directory = tempFolder();
  execFileSync("mkfifo", [join(directory, "pipe")]);
  const server = createServer().listen(join(directory, "socket"));
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once("listening", resolve));
  const source = fileSource({ directory });
  for (const name of ["pipe", "socket"]) {
    await expect(failureOf(ask(source, name))).resolves.toMatch(/^unsupported: .* is a pipe, socket or device/);
  }
  const pipe = fileSource({ file: join(directory, "pipe") });
  await expect(failureOf(ask(pipe, "a"))).resolves.toMatch(/^unsupported: .* is a pipe, socket or device/);
  await expect(failureOf(ask(fileSource({ file: "/dev/zero" }), "a"))).resolves.toMatch(/^unsupported/);
});

test("a file of 100 MiB is refused by its size, a file at the limit is read", async () => {
  const directory = tempFolder({ huge: "", over: "12345", at: "1234" });
  truncateSync(join(directory, "huge"), 100 * 1024 * 1024);
  linkSync(join(directory, "huge"), join(directory, "huge.json"));
  await expect(failureOf(ask(fileSource({ directory }), "huge"))).resolves.toMatch(
    /^unsupported: .* is larger than 1048576 bytes, the most that is read: .*`maxBytes`/,
  );
  await expect(failureOf(ask(fileSource({ file: join(directory, "huge.json") }), "a"))).resolves.toMatch(
    /^unsupported/,
  );
  const small = fileSource({ directory, maxBytes: 4 });
  await expect(ask(small, "at")).resolves.toEqual({ payload: "1234" });
  await expect(failureOf(ask(small, "over"))).resolves.toMatch(/^unsupported: .* larger than 4 bytes/);
});

test("a file that is written over and over gives whole states or `unavailable`, never a mixture", async () => {
  const directory = tempFolder({ a: "1".repeat(4096) });
  const source = fileSource({ directory });
  const seen = new Set<string>();
  for (let round = 0; round < 50; round += 1) {
    const answers = [ask(source, "a"), ask(source, "a")];
    writeFileSync(join(directory, "a"), String(round % 10).repeat(4096));
    for (const answer of await Promise.all(answers)) {
      if (typeof answer.failure === "string") expect(answer.failure).toBe("unavailable");
      else seen.add([...new Set(String(answer.payload))].join(""));
    }
  }
  expect([...seen].filter((characters) => characters.length > 1)).toEqual([]);
});
