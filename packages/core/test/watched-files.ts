import { setImmediate as nextTurn } from "node:timers/promises";
import { onTestFinished, vi } from "vitest";
import { FileWatcher } from "../src/built-in/file-watcher.ts";
import type { WatchedPath } from "../src/built-in/watched-path.ts";
import { virtualClock } from "../src/testing/virtual-clock.ts";

const soon = { timeout: 3000, interval: 1 };

/** A watch of real files, whose own time is virtual: what it gathers is reported when the test says so. */
export async function watchedFiles(
  where: (name: string) => WatchedPath | Promise<WatchedPath>,
  { names = [""], abortAtOnce = false } = {},
) {
  const clock = virtualClock();
  const watcher = new FileWatcher(clock);
  const controller = new AbortController();
  let reports = 0;
  let ended = false;
  const changed = () => {
    reports += 1;
  };
  const ends = names.map((name) => watcher.watch(() => where(name), changed, controller.signal));
  const end = Promise.all(ends).then(() => {
    ended = true;
  });
  if (abortAtOnce) controller.abort();
  onTestFinished(() => controller.abort());
  const idle = clock.pending;

  async function reported(after: number): Promise<number> {
    await vi.waitFor(() => {
      if (reports === after) throw new Error("It has reported nothing");
    }, soon);
    await watcher.settled();
    return reports - after;
  }

  await watcher.settled();
  return {
    clock,
    controller,
    reports: () => reports,
    hasEnded: () => ended,
    end,
    /** How many reports the change gives. */
    async after(change: () => unknown): Promise<number> {
      const before = reports;
      await change();
      await vi.waitFor(() => {
        if (clock.pending === idle) throw new Error("The system has reported nothing");
      }, soon);
      // All that the change did is known to the system by now; a turn or two bring it here.
      for (let turn = 0; turn < 3; turn += 1) await nextTurn();
      await clock.advance(50);
      return reported(before);
    },
    /** How many reports the change gives that only the slow look can see. */
    async afterSlowLook(change: () => unknown): Promise<number> {
      const before = reports;
      await change();
      await clock.advance("10s");
      return reported(before);
    },
  };
}
