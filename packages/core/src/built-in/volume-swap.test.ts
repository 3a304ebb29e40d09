import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, test } from "vitest";
import { ask } from "../../test/ask.ts";
import { swapVolume } from "../../test/kubelet-volume.ts";
import { tempFolder } from "../../test/temp-folder.ts";
import { fileSource } from "./file-source.ts";

const readers = 8;
const swaps = 200;

test("a volume that is swapped 200 times under 8 readers is never torn, and never reported under another version", async () => {
  const directory = tempFolder();
  const volume = join(directory, "db");
  mkdirSync(volume);
  const swapped = new Map<string, string>();
  const swap = (value: string) => {
    const keys = { username: `u${value}`, password: `p${value}`, host: `h${value}` };
    swapped.set(swapVolume(volume, keys), value);
  };
  swap("0");
  const source = fileSource({ directory });
  const seen = new Set<string>();
  const torn: unknown[] = [];
  const failures: unknown[] = [];
  let answered = 0;
  let done = false;

  async function keepReading(name: "db" | "db/password") {
    while (!done) {
      const answer = await ask(source, name);
      answered += 1;
      if (answer.failure !== undefined) {
        failures.push(answer.failure);
        continue;
      }
      const value = swapped.get(answer.version ?? "");
      const whole = JSON.stringify({ host: `h${value}`, password: `p${value}`, username: `u${value}` });
      if (answer.payload !== (name === "db" ? whole : `p${value}`)) torn.push(answer);
      seen.add(`${name} ${value}`);
    }
  }

  const reading = Array.from({ length: readers }, (_, index) => keepReading(index % 2 === 0 ? "db" : "db/password"));
  for (let count = 1; count <= swaps; count += 1) {
    swap(String(count));
    // Now and then the next swap waits for answers, else it comes amid the reads.
    const target = answered + (count % 4);
    while (answered < target) await nextTurn();
  }
  done = true;
  await Promise.all(reading);

  expect(torn).toEqual([]);
  expect(failures.filter((failure) => failure !== "unavailable")).toEqual([]);
  expect(seen.size).toBeGreaterThan(50);
}, 10_000);
