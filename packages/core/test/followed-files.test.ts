import { setTimeout as pause } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import { fileSource } from "../src/built-in/file-source.ts";
import { createSecrets } from "../src/client/create-secrets.ts";
import { virtualClock } from "../src/testing/virtual-clock.ts";
import { swapVolume } from "./kubelet-volume.ts";
import { tempFolder } from "./temp-folder.ts";

const keys = (count: number) => ({ username: `u${count}`, password: `p${count}` });

test("a live secret follows the swaps of a mounted volume by the system's events, long before it is polled", async () => {
  const volume = tempFolder();
  swapVolume(volume, keys(0));
  // Its time is virtual and moves by seconds: no refresh can fall due. The events of the folder are real.
  const clock = virtualClock();
  const secrets = createSecrets({ source: fileSource({ directory: volume }), clock, ttl: "1h" });
  const live = await secrets.watchSecret("password");
  const rotations: string[] = [];
  live.onRotate((next, previous) => rotations.push(`${previous?.reveal()} ${next.reveal()}`));
  // Of itself nothing is looked at.
  await pause(100);
  await clock.advance("2s");
  expect(rotations).toEqual([]);
  for (let count = 1; count <= 5; count += 1) {
    swapVolume(volume, keys(count));
    await vi.waitFor(
      async () => {
        await clock.advance("1s");
        expect(live.current.reveal()).toBe(`p${count}`);
      },
      { timeout: 3000, interval: 10 },
    );
  }
  expect(rotations).toEqual(["p0 p1", "p1 p2", "p2 p3", "p3 p4", "p4 p5"]);
  await secrets.close();
});

test("without events the next refresh finds it", async () => {
  const volume = tempFolder();
  swapVolume(volume, keys(0));
  const clock = virtualClock();
  const source = { ...fileSource({ directory: volume }), watch: () => new Promise<void>(() => {}) };
  const secrets = createSecrets({ source, clock, ttl: "1m" });
  const live = await secrets.watchSecret("password");
  swapVolume(volume, keys(1));
  // The read is real, and its deadline is not: one step at a time.
  await vi.waitFor(
    async () => {
      await clock.advance("1s");
      expect(live.current.reveal()).toBe("p1");
    },
    { timeout: 10_000, interval: 10 },
  );
  await secrets.close();
});
