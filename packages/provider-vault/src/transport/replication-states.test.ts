import { expect, test } from "vitest";
import { ReplicationStates } from "./replication-states.ts";

const state = (local: number, replicated: number, cluster = "c1") =>
  Buffer.from(`v1:${cluster}:${local}:${replicated}:c0ffee`).toString("base64");

function after(...headers: (string | undefined)[]) {
  const states = new ReplicationStates();
  for (const header of headers) states.record(header);
  return states.headers["x-vault-index"];
}

test("nothing is asked for before something was said", () => {
  expect(after()).toBeUndefined();
  expect(after(undefined)).toBeUndefined();
});

test("the newest state is what a node has to have seen", () => {
  expect(after(state(1, 1), state(2, 1))).toEqual([state(2, 1)]);
  expect(after(state(2, 2), state(1, 2))).toEqual([state(2, 2)]);
});

test("two of which neither covers the other are both asked for", () => {
  expect(after(state(2, 1), state(1, 2))).toEqual([state(2, 1), state(1, 2)]);
  expect(after(state(2, 1), state(1, 2), state(2, 2))).toEqual([state(2, 2)]);
});

test("another cluster's state takes the place of all before", () => {
  expect(after(state(9, 9), state(1, 1, "c2"))).toEqual([state(1, 1, "c2")]);
});

test.each(["nonsense", "", "djI6YzE6MTox", `${state(1, 1)}\r\nx-evil: 1`])("%j is no state", (header) => {
  expect(after(header)).toBeUndefined();
  expect(after(state(1, 1), header)).toEqual([state(1, 1)]);
});
