import { expect, test, vi } from "vitest";
import { OnFirstCall } from "./on-first-call.ts";

const { signal } = new AbortController();
const record = { payload: "1" };

/** What loads when the test says so, and what it has gone through. */
function loadedLater() {
  const happened: string[] = [];
  const loads: PromiseWithResolvers<void>[] = [];
  const calls = {
    read: async () => {
      happened.push("read");
      return record;
    },
    close: (): void | Promise<void> => void happened.push("close"),
  };
  const load = vi.fn(async () => {
    const loading = Promise.withResolvers<void>();
    loads.push(loading);
    await loading.promise;
    return calls;
  });
  const onCall = new OnFirstCall(load);
  const read = (given = signal) => onCall.make(given, (loaded) => loaded.read());
  return { onCall, calls, load, loads, happened, read };
}

test("the first call loads, once for all who call meanwhile", async () => {
  const { onCall, calls, load, loads, read } = loadedLater();
  expect(load).not.toHaveBeenCalled();
  const reading = [read(), read()];
  expect(onCall.loaded).toBeUndefined();
  loads[0]?.resolve();
  expect(await Promise.all([...reading, read()])).toEqual([record, record, record]);
  expect(load).toHaveBeenCalledTimes(1);
  expect(onCall.loaded).toBe(calls);
});

test("a later call is made at once, and its promise is handed on as it is", async () => {
  const { onCall, loads, happened, read } = loadedLater();
  const first = read();
  loads[0]?.resolve();
  await first;
  const answer = Promise.resolve(record);
  const made = onCall.make(signal, () => {
    happened.push("call");
    return answer;
  });
  expect(happened).toEqual(["read", "call"]);
  expect(made).toBe(answer);
});

test("a load that failed is a failure, and tried again by the next call", async () => {
  const { load, loads, read } = loadedLater();
  const reading = [read(), read()];
  loads[0]?.reject(Object.assign(new Error("hunter2"), { code: "ERR_MODULE_NOT_FOUND" }));
  const failure = {
    failure: "unknown",
    madeNothing: true,
    advice: expect.stringMatching(/^The SDK, or a part of this package, .*install the dependencies/),
    native: { code: "ERR_MODULE_NOT_FOUND" },
  };
  expect(await Promise.all(reading)).toEqual([failure, failure]);
  const again = read();
  loads[1]?.resolve();
  expect(await again).toBe(record);
  expect(load).toHaveBeenCalledTimes(2);
});

test("an abort ends a call that waits for the load, and no other", async () => {
  const { load, loads, happened, read } = loadedLater();
  const controller = new AbortController();
  const [aborted, other] = [read(controller.signal), read()];
  controller.abort(new Error("enough"));
  await expect(aborted).rejects.toThrow("enough");
  loads[0]?.resolve();
  expect(await other).toBe(record);
  expect(happened).toEqual(["read"]);
  expect(load).toHaveBeenCalledTimes(1);
});

test("with a signal that is aborted already, nothing is loaded", async () => {
  const { load, read } = loadedLater();
  await expect(read(AbortSignal.abort(new Error("before")))).rejects.toThrow("before");
  expect(load).not.toHaveBeenCalled();
});

test("a load that fails after an abort is nobody's, and the next call's is another", async () => {
  const { loads, read } = loadedLater();
  const controller = new AbortController();
  const aborted = read(controller.signal);
  controller.abort(new Error("enough"));
  await expect(aborted).rejects.toThrow("enough");
  loads[0]?.reject(new Error("hunter2"));
  await vi.waitFor(async () => {
    const again = read();
    expect(loads).toHaveLength(2);
    loads[1]?.resolve();
    expect(await again).toBe(record);
  });
});

test("a load in front of the first call is the call's, and nothing once all is there", async () => {
  const { onCall, load, loads, happened, read } = loadedLater();
  const loading = onCall.load();
  const reading = read();
  loads[0]?.resolve();
  await loading;
  expect(await reading).toBe(record);
  expect(onCall.load()).toBeUndefined();
  expect(load).toHaveBeenCalledTimes(1);
  expect(happened).toEqual(["read"]);
});

test("a load in front that fails is silent, and tried again by the call", async () => {
  const { onCall, load, loads, read } = loadedLater();
  const loading = onCall.load();
  loads[0]?.reject(new Error("hunter2"));
  await loading;
  const reading = read();
  loads[1]?.resolve();
  expect(await reading).toBe(record);
  expect(load).toHaveBeenCalledTimes(2);
});

test("a load in front brings nothing after a close", async () => {
  const { onCall, load } = loadedLater();
  await onCall.close();
  await onCall.load();
  expect(load).not.toHaveBeenCalled();
});

test("a close before the first call loads nothing", async () => {
  const { onCall, load } = loadedLater();
  await onCall.close();
  expect(load).not.toHaveBeenCalled();
});

test("a close during the load waits for it, and closes what came before anybody uses it", async () => {
  const { onCall, loads, happened, read } = loadedLater();
  const reading = read();
  let isClosed = false;
  const closing = onCall.close().then(() => {
    isClosed = true;
  });
  await new Promise(setImmediate);
  expect(isClosed).toBe(false);
  loads[0]?.resolve();
  await Promise.all([closing, reading]);
  expect(happened).toEqual(["close", "read"]);
});

test("a close that fails says so", async () => {
  const { onCall, calls, loads, read } = loadedLater();
  const reading = read();
  loads[0]?.resolve();
  await reading;
  calls.close = () => Promise.reject(new Error("not closed"));
  await expect(onCall.close()).rejects.toThrow("not closed");
});

test("a close during a load that fails is a close", async () => {
  const { onCall, loads, read } = loadedLater();
  const reading = read();
  const closing = onCall.close();
  loads[0]?.reject(new Error("hunter2"));
  await Promise.all([closing, reading]);
});

test("a close after the first call closes once; what a call after it loads is closed too", async () => {
  const { onCall, loads, happened, read } = loadedLater();
  const reading = read();
  loads[0]?.resolve();
  await reading;
  await onCall.close();
  expect(happened).toEqual(["read", "close"]);

  const late = loadedLater();
  await late.onCall.close();
  const lateRead = late.read();
  late.loads[0]?.resolve();
  await lateRead;
  expect(late.happened).toEqual(["close", "read"]);
});
