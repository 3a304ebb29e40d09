import { mkdirSync, renameSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { swapVolume } from "../../test/kubelet-volume.ts";
import { tempFolder } from "../../test/temp-folder.ts";
import { watchedFiles } from "../../test/watched-files.ts";
import { ownPath } from "./watched-path.ts";

function below(folder: string, name: string) {
  return () => ({ folder, segments: name.split("/") });
}

test("every swap of a volume is one report, for a key of it and for the volume as a whole", async () => {
  const folder = tempFolder();
  const volume = join(folder, "db");
  mkdirSync(volume);
  swapVolume(volume, { password: "p0" });
  for (const name of ["db/password", "db"]) {
    const watched = await watchedFiles(below(folder, name));
    for (let count = 1; count <= 5; count += 1) {
      expect(await watched.after(() => swapVolume(volume, { password: `p${count}` }))).toBe(1);
    }
    expect(watched.reports()).toBe(5);
  }
});

test("a key in a sub-folder of a volume: the swap takes the folder away, and every one is seen", async () => {
  const volume = tempFolder();
  swapVolume(volume, { "tls/key": "k0" });
  const watched = await watchedFiles(below(volume, "tls/key"));
  for (let count = 1; count <= 3; count += 1) {
    expect(await watched.after(() => swapVolume(volume, { "tls/key": `k${count}` }))).toBeGreaterThan(0);
  }
});

test("a file that is written to, replaced as editors do, removed and made again", async () => {
  const folder = tempFolder({ key: "1" });
  const file = join(folder, "key");
  const watched = await watchedFiles(below(folder, "key"));
  for (let round = 0; round < 2; round += 1) {
    expect(await watched.after(() => writeFileSync(file, "2"))).toBe(1);
    writeFileSync(join(folder, ".key.swp"), "3");
    expect(await watched.after(() => renameSync(join(folder, ".key.swp"), file))).toBe(1);
    expect(await watched.after(() => unlinkSync(file))).toBe(1);
    expect(await watched.after(() => writeFileSync(file, "4"))).toBe(1);
  }
});

test("one file of many secrets is watched from its folder", async () => {
  const folder = tempFolder({ ".env": "A=1", other: "x" });
  const watched = await watchedFiles(() => ownPath(join(folder, ".env")));
  for (let round = 0; round < 2; round += 1) {
    expect(
      await watched.after(() => {
        writeFileSync(join(folder, ".env.tmp"), "A=2");
        renameSync(join(folder, ".env.tmp"), join(folder, ".env"));
      }),
    ).toBe(1);
  }
});

test("what happens to others is no report", async () => {
  const folder = tempFolder({ key: "1", other: "1" });
  const watched = await watchedFiles(below(folder, "key"));
  writeFileSync(join(folder, "other"), "2");
  writeFileSync(join(folder, "third"), "3");
  expect(await watched.after(() => writeFileSync(join(folder, "key"), "2"))).toBe(1);
  expect(watched.reports()).toBe(1);
});

test("a folder inside that vanishes and comes back is followed", async () => {
  const folder = tempFolder({ "db/password": "1" });
  const watched = await watchedFiles(below(folder, "db/password"));
  for (let round = 0; round < 2; round += 1) {
    expect(await watched.after(() => rmSync(join(folder, "db"), { recursive: true }))).toBe(1);
    expect(await watched.after(() => mkdirSync(join(folder, "db")))).toBe(1);
    expect(await watched.after(() => writeFileSync(join(folder, "db", "password"), "2"))).toBe(1);
  }
});

test("a link to a folder that is turned to another one is followed", async () => {
  const folder = tempFolder({ "release-1/key": "1", "release-2/key": "2" });
  symlinkSync("release-1", join(folder, "now"));
  const watched = await watchedFiles(below(folder, "now/key"));
  const turned = await watched.after(() => {
    symlinkSync("release-2", join(folder, "next"));
    renameSync(join(folder, "next"), join(folder, "now"));
  });
  expect(turned).toBe(1);
  expect(await watched.after(() => writeFileSync(join(folder, "release-2", "key"), "3"))).toBe(1);
});

test("the source's own folder vanishes and comes back: found again by the slow look, and followed from there", async () => {
  const parent = tempFolder({ "secrets/key": "1" });
  const folder = join(parent, "secrets");
  const watched = await watchedFiles(below(folder, "key"));
  expect(await watched.after(() => rmSync(folder, { recursive: true }))).toBe(1);
  const back = () => {
    mkdirSync(folder);
    writeFileSync(join(folder, "key"), "2");
  };
  expect(await watched.afterSlowLook(back)).toBe(1);
  expect(await watched.after(() => writeFileSync(join(folder, "key"), "3"))).toBe(1);
});

test("a folder that is not there yet is waited for", async () => {
  const folder = join(tempFolder(), "secrets");
  const watched = await watchedFiles(below(folder, "key"));
  expect(watched.hasEnded()).toBe(false);
  expect(await watched.afterSlowLook(() => mkdirSync(folder))).toBe(1);
  expect(await watched.after(() => writeFileSync(join(folder, "key"), "1"))).toBe(1);
});

test("a slow look that finds everything in its place reports nothing", async () => {
  const folder = tempFolder({ "db/password": "1" });
  const watched = await watchedFiles(below(folder, "db/password"));
  writeFileSync(join(folder, "db", "other"), "2");
  await watched.clock.advance("1m");
  expect(watched.reports()).toBe(0);
});
