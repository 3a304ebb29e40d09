import { expect, test, vi } from "vitest";
import { type BegunWatch, reportingSource } from "../../test/reporting-source.ts";
import { scriptedSource } from "../../test/scripted-source.ts";
import { listen } from "./listen.ts";

function makeListener() {
  const source = reportingSource("value");
  const gone = new AbortController();
  const changed = vi.fn();
  const ended = listen(source, "db", changed, gone.signal);
  return { gone, changed, ended, watch: source.watches[0] as BegunWatch };
}

test("every report is heard, until nobody listens any more", async () => {
  const { gone, changed, ended, watch } = makeListener();
  expect(watch.name).toBe("db");
  expect(watch.context).toEqual({ signal: gone.signal, bypassCaches: false });
  watch.report();
  watch.report();
  expect(changed).toHaveBeenCalledTimes(2);
  gone.abort();
  watch.report();
  expect(changed).toHaveBeenCalledTimes(2);
  await ended;
});

test.each([
  ["by itself", undefined],
  ["by a rejection", new Error("hunter2")],
])("a watch that ends %s has ended, and that is all", async (_how, error) => {
  const { ended, watch } = makeListener();
  watch.end(error);
  expect(await ended).toBeUndefined();
});

test("a source without a watch is one that has ended", async () => {
  const { signal } = new AbortController();
  expect(await listen(scriptedSource("value"), "db", () => {}, signal)).toBeUndefined();
});
