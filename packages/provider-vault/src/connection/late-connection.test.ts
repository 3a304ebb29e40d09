import { expect, test, vi } from "vitest";
import { LatePart } from "../loading/late-part.ts";
import { connectionSettings } from "./connection-settings.ts";
import { type Calls, LateConnection } from "./late-connection.ts";

const never = new AbortController().signal;
const settings = connectionSettings({ address: "http://127.0.0.1:1", env: {} });

/** A connection that makes itself only when what it needs has arrived. */
function open() {
  const made: FakeConnection[] = [];
  class FakeConnection {
    closed = 0;
    constructor() {
      made.push(this);
    }
    async close() {
      this.closed += 1;
    }
  }
  const nodeVault = { load: vi.fn(async () => ({})) };
  const arrivals: { readonly come: () => void; readonly fail: () => void }[] = [];
  const bring = vi.fn(
    () =>
      new Promise<Calls>((settle, reject) => {
        const calls = { Connection: FakeConnection, nodeVault } as unknown as Calls;
        arrivals.push({ come: () => settle(calls), fail: () => reject(new Error("missing")) });
      }),
  );
  const connection = new LateConnection(settings, new LatePart(bring));
  return { connection, made, bring, arrivals, nodeVault };
}

const answer = async () => "answered";

test("the first calls load what they need, once, and share one connection", async () => {
  const { connection, made, bring, arrivals } = open();
  const [make, makeOther] = [vi.fn(() => "one"), vi.fn(() => "other")];
  const [calling, callingOther] = [connection.calling(make), connection.calling(makeOther)];
  expect(bring).not.toHaveBeenCalled();
  const calls = [calling(never, answer), calling(never, answer), callingOther(never, async (through) => through)];
  expect(bring).toHaveBeenCalledOnce();
  arrivals[0]?.come();
  expect(await Promise.all(calls)).toEqual(["answered", "answered", "other"]);
  expect([made.length, make.mock.calls.length, makeOther.mock.calls.length]).toEqual([1, 1, 1]);
});

test("every later call begins at once, and waits for its own work alone", async () => {
  const { connection, arrivals } = open();
  const calling = connection.calling(() => "through");
  const first = calling(never, answer);
  arrivals[0]?.come();
  await first;
  const work = vi.fn(answer);
  const later = calling(never, work);
  expect(work).toHaveBeenCalledExactlyOnceWith("through");
  expect(later).toBe(work.mock.results[0]?.value);
  await later;
});

test("who gives up does not wait for what is being loaded; the others do", async () => {
  const { connection, arrivals } = open();
  const calling = connection.calling(() => "through");
  const giving = new AbortController();
  const work = vi.fn(answer);
  const [given, other] = [calling(giving.signal, work), calling(never, answer)];
  giving.abort(new Error("enough"));
  await expect(given).rejects.toThrow("enough");
  arrivals[0]?.come();
  expect(await other).toBe("answered");
  expect(work).not.toHaveBeenCalled();
});

test("for whom it is too late already, nothing is loaded", async () => {
  const { connection, bring } = open();
  await expect(connection.calling(() => "through")(AbortSignal.abort(new Error("late")), answer)).rejects.toThrow(
    "late",
  );
  expect(bring).not.toHaveBeenCalled();
});

test("a connection that was closed before its first call loads nothing, then or later", async () => {
  const { connection, made, bring } = open();
  await connection.close();
  const said = await connection.calling(() => "through")(never, answer);
  expect(said).toMatchObject({ failure: "unavailable", advice: expect.stringContaining("closed") });
  expect([bring.mock.calls.length, made.length]).toEqual([0, 0]);
});

test("one that is closed while it is loaded waits for nothing, is never made, and tells its callers", async () => {
  const { connection, made, arrivals } = open();
  const work = vi.fn(answer);
  const waiting = connection.calling(() => "through")(never, work);
  await connection.close();
  arrivals[0]?.come();
  expect(await waiting).toMatchObject({ failure: "unavailable", advice: expect.stringContaining("closed") });
  expect([made.length, work.mock.calls.length]).toEqual([0, 0]);
});

test("one that has made calls is closed itself", async () => {
  const { connection, made, arrivals } = open();
  const first = connection.calling(() => "through")(never, answer);
  arrivals[0]?.come();
  await first;
  await connection.close();
  expect(made.map(({ closed }) => closed)).toEqual([1]);
  // What has not called yet is not let in behind it.
  expect(await connection.calling(() => "late")(never, answer)).toMatchObject({ failure: "unavailable" });
});

test("what could not be loaded is tried again by the next call", async () => {
  const { connection, arrivals } = open();
  const calling = connection.calling(() => "through");
  const first = calling(never, answer);
  arrivals[0]?.fail();
  expect(await first).toMatchObject({ failure: "unknown" });
  const second = calling(never, answer);
  arrivals[1]?.come();
  expect(await second).toBe("answered");
});

test("a load in front brings what calls need, with the client, makes no connection, and never rejects", async () => {
  const { connection, made, bring, arrivals, nodeVault } = open();
  const failing = connection.load();
  arrivals[0]?.fail();
  await failing;
  const loading = connection.load();
  arrivals[1]?.come();
  await loading;
  expect(connection.load()).toBeUndefined();
  expect([bring.mock.calls.length, nodeVault.load.mock.calls.length, made.length]).toEqual([2, 1, 0]);
  await connection.close();
  await connection.load();
  expect(nodeVault.load).toHaveBeenCalledOnce();
});
