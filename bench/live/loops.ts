import { createSecrets, type LiveSecret, memorySource } from "@secretsource/core";
import type { Loop } from "../lib/take-turns.ts";

const count = 8;

/**
 * A live secret's value, read in a loop, beside the least that a read can be. Each loop goes through several objects, so
 * that no read can be moved out of it, and compares what it reads, so that none can be left out.
 */
export async function liveReads(): Promise<Record<string, Loop>> {
  const names = Array.from({ length: count }, (_, index) => `secret-${index}`);
  const secrets = createSecrets({
    source: memorySource(Object.fromEntries(names.map((name) => [name, `value of ${name}`]))),
  });
  const live = await Promise.all(names.map((name) => secrets.watchSecret(name)));
  const plain = live.map(({ current }) => ({ current }));
  const at = <T>(list: readonly T[], index: number) => list[index % count] as T;
  const other = await secrets.getSecret("secret-0");
  return {
    "the loop alone": async (times) => {
      let equal = 0;
      for (let i = 0; i < times; i++) if (at<unknown>(plain, i) === other) equal++;
      refuse(equal);
    },
    "property of a plain object": async (times) => {
      let equal = 0;
      for (let i = 0; i < times; i++) if (at(plain, i).current === other) equal++;
      refuse(equal);
    },
    "live.current": async (times) => {
      let equal = 0;
      for (let i = 0; i < times; i++) if (at<LiveSecret<string>>(live, i).current === other) equal++;
      refuse(equal);
    },
    "live.current.reveal()": async (times) => {
      let equal = 0;
      for (let i = 0; i < times; i++) if (at(live, i).current.reveal() === "other") equal++;
      refuse(equal);
    },
  };
}

function refuse(equal: number): void {
  if (equal > 0) throw new Error("It has read what is not there.");
}
