import { describe, expect, test, vi } from "vitest";
import { makePort } from "../../test/make-port.ts";
import { reportingSource } from "../../test/reporting-source.ts";
import { hangs, type ScriptOptions, scriptedSource } from "../../test/scripted-source.ts";
import { failureCodes } from "../errors/error-code.ts";

const ref = { name: "db", version: "current" } as const;
const { signal } = new AbortController();

/** A source whose probe answers this. Waits are half of their range. */
function makeProbe(answer: unknown, options: ScriptOptions = {}) {
  const asked = vi.fn(async () => answer as { version: string });
  const made = makePort((clock) => Object.assign(scriptedSource("value", { ...options, clock }), { probe: asked }));
  return {
    ...made,
    asked,
    probe: (version: typeof ref.version | "previous" = "current") => made.port.probe({ ...ref, version }, signal),
  };
}

test("a source that has none, or not of this stage, is read instead", async () => {
  const { port } = makePort((clock) => scriptedSource("value", { clock }));
  expect(await port.probe(ref, signal)).toBeUndefined();
  const { probe, asked } = makeProbe({ version: "7" }, { traits: { stages: ["current"] } });
  expect(await probe("previous")).toBeUndefined();
  expect(asked).not.toHaveBeenCalled();
  expect(await probe()).toEqual({ probe: { version: "7" } });
});

describe.each(["access-denied", "unsupported"] as const)("a probe that is refused as such (%s)", (failure) => {
  test("is told once, and its secrets are read from then on", async () => {
    const { probe, asked, onProbeRefused } = makeProbe({ failure });
    expect(await Promise.all([probe(), probe(), probe()])).toEqual([undefined, undefined, undefined]);
    expect(await probe()).toBeUndefined();
    expect(onProbeRefused.mock.calls).toEqual([[failure, ref]]);
    expect(asked).toHaveBeenCalledTimes(3);
  });
});

test("in an outage, a refused one is the answer: a read would be turned away", async () => {
  const { probe, want, clock, port, source } = makeProbe({ failure: "unsupported" });
  source.script({ failure: "unavailable" });
  void want("db");
  await clock.advance(150 + 500);
  // It is refused before the network is used, and says nothing of the store.
  expect(await probe()).toEqual({ failure: { failure: "unsupported" }, turnedAway: false });
  expect(port.outage.failure).toEqual({ failure: "unavailable" });
  expect(await probe()).toBeUndefined();
});

test.each(failureCodes.filter((code) => code !== "access-denied" && code !== "unsupported"))(
  "%s is the probe's answer, and no reason to stop probing",
  async (failure) => {
    const { probe, onProbeRefused } = makeProbe({ failure });
    expect(await probe()).toEqual({ failure: { failure }, turnedAway: false });
    expect(onProbeRefused).not.toHaveBeenCalled();
  },
);

test("what a probe throws is named by the source, which is told that it was a probe", async () => {
  const { probe, source, asked } = makeProbe({ version: "7" });
  const error = new Error("hunter2");
  asked.mockRejectedValue(error);
  const classify = vi.spyOn(source, "classify").mockReturnValue({ failure: "unauthenticated" });
  expect(await probe()).toEqual({ failure: { failure: "unauthenticated" }, turnedAway: false });
  expect(classify.mock.calls).toEqual([[error, "probe"]]);
});

describe("leases", () => {
  const leases = {
    renew: vi.fn(async (id: string) => ({ id, ttlMs: 5000, renewable: true })),
    revoke: vi.fn(async () => {}),
  };

  test("of a source that has none are neither renewed nor revoked", async () => {
    const { port } = makePort((clock) => scriptedSource("value", { clock }));
    expect(await port.renew("lease/1", signal)).toBeUndefined();
    expect(await port.revoke("lease/1", signal)).toBeUndefined();
  });

  test("are renewed and revoked by their id", async () => {
    const { port } = makePort((clock) => Object.assign(scriptedSource("value", { clock }), { leases }));
    expect(await port.renew("lease/1", signal)).toEqual({ value: { id: "lease/1", ttlMs: 5000, renewable: true } });
    expect(await port.revoke("lease/1", signal)).toEqual({ value: undefined });
    expect(leases.renew).toHaveBeenCalledWith("lease/1", expect.objectContaining({ bypassCaches: false }));
    expect(leases.revoke).toHaveBeenCalledWith("lease/1", expect.objectContaining({ bypassCaches: false }));
  });

  test.each(["renew", "revoke"] as const)("the source is told that it was `%s` that threw", async (method) => {
    const failing = { renew: () => Promise.reject(new Error()), revoke: () => Promise.reject(new Error()) };
    const { port, source } = makePort((clock) =>
      Object.assign(scriptedSource("value", { clock }), { leases: failing }),
    );
    const classify = vi.spyOn(source, "classify");
    expect(await port[method]("lease/1", signal)).toMatchObject({ failure: { failure: "unknown" }, turnedAway: false });
    expect(classify.mock.calls).toEqual([[expect.any(Error), method]]);
  });
});

test("a port hands on what its source reports", async () => {
  const { port, source } = makePort((clock) => reportingSource("value", { clock }));
  const gone = new AbortController();
  const changed = vi.fn();
  const ended = port.watch("db", changed, gone.signal);
  expect(source.watches.map(({ name }) => name)).toEqual(["db"]);
  source.watches[0]?.report();
  expect(changed).toHaveBeenCalledTimes(1);
  gone.abort();
  await ended;
});

test("a port says whether its source tells of changes itself", () => {
  expect(makePort((clock) => scriptedSource("value", { clock })).port.watches).toBe(false);
  const watching = makePort((clock) => Object.assign(scriptedSource("value", { clock }), { watch: hangs }));
  expect(watching.port.watches).toBe(true);
});
