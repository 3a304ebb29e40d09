import { expect, test, vi } from "vitest";
import { Flight } from "./flight.ts";

function makeFlight() {
  const landing = Promise.withResolvers<string>();
  const signals: AbortSignal[] = [];
  const onGivenUp = vi.fn();
  const flight = new Flight((signal) => {
    signals.push(signal);
    return landing.promise;
  }, onGivenUp);
  return { flight, landing, onGivenUp, runs: () => signals.length, ended: () => signals[0]?.aborted };
}

test("all who join get the one answer", async () => {
  const { flight, landing, runs, onGivenUp, ended } = makeFlight();
  const joined = Promise.all([flight.join(), flight.join(), flight.join(new AbortController().signal)]);
  landing.resolve("value");
  expect(await joined).toEqual(["value", "value", "value"]);
  expect(runs()).toBe(1);
  expect(onGivenUp).not.toHaveBeenCalled();
  expect(ended()).toBe(false);
});

test("whoever joins after the landing gets the answer too", async () => {
  const { flight, landing, onGivenUp } = makeFlight();
  landing.resolve("value");
  expect(await flight.join()).toBe("value");
  expect(await flight.join()).toBe("value");
  expect(onGivenUp).not.toHaveBeenCalled();
});

test("one who leaves is told at once and disturbs nobody", async () => {
  const { flight, landing, ended, onGivenUp } = makeFlight();
  const impatient = new AbortController();
  const leaving = flight.join(impatient.signal);
  const staying = flight.join();
  impatient.abort();
  expect(await leaving).toBe("aborted");
  expect(ended()).toBe(false);
  landing.resolve("value");
  expect(await staying).toBe("value");
  expect(onGivenUp).not.toHaveBeenCalled();
});

test("one who had left before it joined is told at once too", async () => {
  const { flight, landing, ended } = makeFlight();
  const staying = flight.join();
  expect(await flight.join(AbortSignal.abort())).toBe("aborted");
  expect(ended()).toBe(false);
  landing.resolve("value");
  expect(await staying).toBe("value");
});

test("the last who leaves ends it, once", async () => {
  const { flight, ended, onGivenUp } = makeFlight();
  const callers = [new AbortController(), new AbortController()];
  const joined = callers.map(({ signal }) => flight.join(signal));
  callers[0]?.abort();
  expect(await joined[0]).toBe("aborted");
  expect(ended()).toBe(false);
  callers[1]?.abort();
  expect(await joined[1]).toBe("aborted");
  expect(ended()).toBe(true);
  flight.giveUp();
  expect(onGivenUp).toHaveBeenCalledTimes(1);
});

test("a flight that is kept goes on when everybody has left", async () => {
  const { flight, landing, ended, onGivenUp } = makeFlight();
  flight.keep();
  const impatient = new AbortController();
  const leaving = flight.join(impatient.signal);
  impatient.abort();
  expect(await leaving).toBe("aborted");
  expect(ended()).toBe(false);
  landing.resolve("value");
  expect(await flight.join()).toBe("value");
  expect(onGivenUp).not.toHaveBeenCalled();
});

test("a flight that is kept goes on for its callers, too, when one of them leaves", async () => {
  const { flight, landing, ended } = makeFlight();
  flight.keep();
  const impatient = new AbortController();
  const leaving = flight.join(impatient.signal);
  const staying = flight.join(new AbortController().signal);
  impatient.abort();
  expect(await leaving).toBe("aborted");
  expect(ended()).toBe(false);
  landing.resolve("value");
  expect(await staying).toBe("value");
});

test("giving up ends it for everybody, and says so before the signal", async () => {
  const order: string[] = [];
  const flight = new Flight<string>(
    (signal) =>
      new Promise((resolve) => {
        signal.addEventListener("abort", () => {
          order.push("aborted");
          resolve("ended");
        });
      }),
    () => order.push("given up"),
  );
  const joined = flight.join();
  flight.giveUp();
  expect(await joined).toBe("ended");
  expect(order).toEqual(["given up", "aborted"]);
});

test("giving up after the landing does nothing", async () => {
  const { flight, landing, ended, onGivenUp } = makeFlight();
  landing.resolve("value");
  await flight.join();
  flight.giveUp();
  expect(ended()).toBe(false);
  expect(onGivenUp).not.toHaveBeenCalled();
});

test("a crash reaches all who joined, and is no unhandled rejection where nobody did", async () => {
  const unhandled = vi.fn();
  process.on("unhandledRejection", unhandled);
  const { flight, landing } = makeFlight();
  const joined = [flight.join(), flight.join(new AbortController().signal)];
  const { landing: alone } = makeFlight();
  const crash = new Error("crash");
  landing.reject(crash);
  alone.reject(crash);
  expect(await Promise.allSettled(joined)).toEqual([
    { status: "rejected", reason: crash },
    { status: "rejected", reason: crash },
  ]);
  await new Promise((resolve) => setImmediate(resolve));
  process.off("unhandledRejection", unhandled);
  expect(unhandled).not.toHaveBeenCalled();
});

test("no listener is left on a caller's signal", async () => {
  const { flight, landing } = makeFlight();
  const { signal } = new AbortController();
  const added = vi.spyOn(signal, "addEventListener");
  const removed = vi.spyOn(signal, "removeEventListener");
  const joined = flight.join(signal);
  landing.resolve("value");
  await joined;
  expect(added).toHaveBeenCalledTimes(1);
  expect(removed.mock.calls[0]?.slice(0, 2)).toEqual(added.mock.calls[0]?.slice(0, 2));
});
