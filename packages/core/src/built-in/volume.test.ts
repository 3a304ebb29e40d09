import { cpSync, mkdirSync, rmSync, symlinkSync, truncateSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ask, failureOf } from "../../test/ask.ts";
import { swapVolume } from "../../test/kubelet-volume.ts";
import { tempFolder } from "../../test/temp-folder.ts";
import { fileSource } from "./file-source.ts";

function mounted(keys: Record<string, string | Uint8Array>) {
  const directory = tempFolder();
  mkdirSync(join(directory, "db"));
  const version = swapVolume(join(directory, "db"), keys);
  return { directory, volume: join(directory, "db"), version, source: fileSource({ directory }) };
}

test("the name of a volume is one secret: its keys as JSON text, with the link's target as version", async () => {
  const { source, volume, version } = mounted({ username: "app\n", password: 'p"1', __proto__x: "y" });
  const record = await ask(source, "db");
  expect(record).toEqual({ payload: '{"__proto__x":"y","password":"p\\"1","username":"app"}', version });
  const next = swapVolume(volume, { username: "app", password: "p2" });
  expect(next).not.toBe(version);
  await expect(ask(source, "db")).resolves.toEqual({ payload: '{"password":"p2","username":"app"}', version: next });
});

test("a key of a volume has the same version", async () => {
  const { source, volume, version } = mounted({ password: "p1" });
  await expect(ask(source, "db/password")).resolves.toEqual({ payload: "p1", version });
  const next = swapVolume(volume, { password: "p2" });
  await expect(ask(source, "db/password")).resolves.toEqual({ payload: "p2", version: next });
  await expect(failureOf(ask(source, "db/username"))).resolves.toBe('not-found: The volume has no key "username".');
});

test("a volume may be the source's folder itself", async () => {
  const { volume, version } = mounted({ password: "p1" });
  const source = fileSource({ directory: volume });
  await expect(ask(source, "password")).resolves.toEqual({ payload: "p1", version });
});

test("a volume that is mounted inside another is its own", async () => {
  const { directory, source } = mounted({ password: "inner" });
  const outer = swapVolume(directory, { api: "outer" });
  await expect(ask(source, "api")).resolves.toEqual({ payload: "outer", version: outer });
  await expect(ask(source, "db/password")).resolves.toMatchObject({ payload: "inner" });
  await expect(ask(source, "db")).resolves.toMatchObject({ payload: '{"password":"inner"}' });
});

test("keys in sub-folders are named by their paths, and a sub-folder is a set too", async () => {
  const { source, version } = mounted({ "group/user": "x", "group/deep/key": "y", top: "z" });
  await expect(ask(source, "db")).resolves.toEqual({
    payload: '{"group/deep/key":"y","group/user":"x","top":"z"}',
    version,
  });
  await expect(ask(source, "db/group")).resolves.toEqual({ payload: '{"deep/key":"y","user":"x"}', version });
  await expect(ask(source, "db/group/user")).resolves.toEqual({ payload: "x", version });
});

test("an empty volume is an empty object; keys with names that objects reserve are kept", async () => {
  const { source } = mounted({});
  const named = mounted({ ["__proto__"]: "x", constructor: "y" });
  await expect(ask(source, "db")).resolves.toMatchObject({ payload: "{}" });
  await expect(ask(named.source, "db")).resolves.toMatchObject({ payload: '{"__proto__":"x","constructor":"y"}' });
});

test("a key that is not text is given by itself, not in the set", async () => {
  const { source, version } = mounted({ "store.jks": Uint8Array.from([0xff, 1]), password: "p" });
  await expect(ask(source, "db/store.jks")).resolves.toEqual({ payload: Uint8Array.from([0xff, 1]), version });
  await expect(failureOf(ask(source, "db"))).resolves.toMatch(
    /^unsupported: The volume's key "store.jks" is not UTF-8/,
  );
});

test("the limit holds for the set as a whole", async () => {
  const { directory } = mounted({ a: "123", b: "456", c: "" });
  await expect(ask(fileSource({ directory, maxBytes: 6 }), "db")).resolves.toMatchObject({
    payload: '{"a":"123","b":"456","c":""}',
  });
  await expect(failureOf(ask(fileSource({ directory, maxBytes: 5 }), "db"))).resolves.toMatch(
    /^unsupported: .*5 bytes/,
  );
  const huge = mounted({ a: "" });
  truncateSync(join(huge.volume, huge.version, "a"), 100 * 1024 * 1024);
  await expect(failureOf(ask(huge.source, "db"))).resolves.toMatch(/^unsupported/);
});

test("a volume of too many keys is refused", async () => {
  const keys = Object.fromEntries(Array.from({ length: 1001 }, (_, index) => [`k${index}`, ""]));
  await expect(failureOf(ask(mounted(keys).source, "db"))).resolves.toBe(
    "unsupported: The volume has more than 1000 keys.",
  );
});

test("contents that are gone are unavailable, not absent", async () => {
  const { source, volume, version } = mounted({ password: "p" });
  rmSync(join(volume, version), { recursive: true });
  for (const name of ["db", "db/password"]) {
    await expect(failureOf(ask(source, name))).resolves.toBe(
      "unavailable: The files changed during each of 10 attempts to read them.",
    );
  }
});

test("a key that leaves the folder is refused", async () => {
  const { source, volume, version } = mounted({ password: "p" });
  symlinkSync("/etc/hostname", join(volume, version, "host"));
  for (const name of ["db", "db/host"]) await expect(failureOf(ask(source, name))).resolves.toMatch(/^invalid-request/);
});

test("a copy that followed the links is a plain folder", async () => {
  const { directory, volume, source } = mounted({ password: "p" });
  cpSync(join(volume, "..data"), join(directory, "copy"), { recursive: true, dereference: true });
  cpSync(join(volume, "..data"), join(directory, "copy", "..data"), { recursive: true, dereference: true });
  await expect(ask(source, "copy/password")).resolves.toEqual({ payload: "p" });
  unlinkSync(join(volume, "..data"));
  await expect(failureOf(ask(source, "db"))).resolves.toMatch(/^invalid-request: .*plain folder/);
});
