import type { Bench } from "./bench.ts";
import { outcomeOf } from "./outcome.ts";

/** A read that has begun and that nobody waits for yet. */
export function startRead({ source }: Bench, name: string) {
  const controller = new AbortController();
  let over = false;
  const context = { signal: controller.signal, bypassCaches: true };
  const reading = outcomeOf(source, context, async () => source.read({ name, version: "current" }, context)).then(
    (answer) => {
      over = true;
      return answer;
    },
  );
  return { reading, isOver: () => over, abort: () => controller.abort() };
}
