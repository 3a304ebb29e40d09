import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Emitter } from "./emitter.ts";

const unhandled = vi.fn();
beforeEach(() => {
  unhandled.mockReset();
  process.on("unhandledRejection", unhandled);
});
afterEach(() => {
  process.off("unhandledRejection", unhandled);
});
const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

describe("order", () => {
  test("each listener hears each event once, at once, listeners in the order of their subscription", () => {
    const emitter = new Emitter<number>();
    const heard: string[] = [];
    emitter.on((event) => heard.push(`a${event}`));
    emitter.on((event) => heard.push(`b${event}`));
    emitter.emit(1);
    expect(heard).toEqual(["a1", "b1"]);
    emitter.emit(2);
    expect(heard).toEqual(["a1", "b1", "a2", "b2"]);
  });

  test("is the same for all when a listener emits", () => {
    const emitter = new Emitter<string>();
    const heard: string[] = [];
    emitter.on((event) => {
      heard.push(`a:${event}`);
      if (event.length < 3) {
        emitter.emit(`${event}1`);
        emitter.emit(`${event}2`);
      }
    });
    emitter.on((event) => heard.push(`b:${event}`));
    emitter.emit("x");
    const events = ["x", "x1", "x2", "x11", "x12", "x21", "x22"];
    expect(heard).toEqual(events.flatMap((event) => [`a:${event}`, `b:${event}`]));
  });

  test("a listener that emits 100,000 times in a row does not exhaust the stack", () => {
    const emitter = new Emitter<number>();
    let last = 0;
    emitter.on((event) => {
      last = event;
      if (event < 100_000) emitter.emit(event + 1);
    });
    emitter.emit(1);
    expect(last).toBe(100_000);
  });

  test("events emitted while nobody listens are for nobody", () => {
    const emitter = new Emitter<number>();
    emitter.emit(1);
    const listener = vi.fn();
    emitter.on(listener);
    emitter.emit(2);
    expect(listener.mock.calls).toEqual([[2]]);
  });
});

describe("subscribing and unsubscribing", () => {
  test("unsubscribing is idempotent and ends that subscription only", () => {
    const emitter = new Emitter<number>();
    const listener = vi.fn();
    const first = emitter.on(listener);
    emitter.on(listener);
    emitter.emit(1);
    expect(listener).toHaveBeenCalledTimes(2);
    first();
    first();
    emitter.emit(2);
    expect(listener).toHaveBeenCalledTimes(3);
  });

  test("a listener that unsubscribes itself is called once and disturbs nobody", () => {
    const emitter = new Emitter<number>();
    const after = vi.fn();
    const once = vi.fn(() => stop());
    const stop = emitter.on(once);
    emitter.on(after);
    emitter.emit(1);
    emitter.emit(2);
    expect(once).toHaveBeenCalledTimes(1);
    expect(after.mock.calls).toEqual([[1], [2]]);
  });

  test("one that unsubscribes another: the other is not called any more, the rest is", () => {
    const emitter = new Emitter<number>();
    const heard: string[] = [];
    emitter.on(() => {
      heard.push("first");
      stop();
    });
    const stop = emitter.on(() => heard.push("removed"));
    emitter.on(() => heard.push("last"));
    emitter.emit(1);
    expect(heard).toEqual(["first", "last"]);
  });

  test("one that subscribes during an event hears only what is emitted after that", () => {
    const emitter = new Emitter<number>();
    const late = vi.fn();
    emitter.on((event) => {
      if (event !== 1) return;
      emitter.emit(2);
      emitter.on(late);
      emitter.emit(3);
    });
    emitter.emit(1);
    expect(late.mock.calls).toEqual([[3]]);
  });
});

describe("a listener's own trouble", () => {
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();
  const troubled: [string, () => unknown][] = [
    ["throws", () => expect.fail("on purpose")],
    ["rejects", async () => Promise.reject(new Error("on purpose"))],
    ["rejects later", () => nextTurn().then(() => Promise.reject(new Error("on purpose")))],
    ["never settles", () => new Promise(() => {})],
    ["returns what cannot even be asked whether it is a promise", () => revoked.proxy],
    ["returns null", () => null],
    ["returns a function", () => () => expect.fail("called")],
  ];

  test.each(troubled)("%s: neither the others nor the one who emits notice", async (_, listener) => {
    const emitter = new Emitter<number>();
    const other = vi.fn();
    emitter.on(listener);
    emitter.on(other);
    expect(() => emitter.emit(1)).not.toThrow();
    emitter.emit(2);
    expect(other.mock.calls).toEqual([[1], [2]]);
    await nextTurn();
    await nextTurn();
    expect(unhandled).not.toHaveBeenCalled();
  });
});
