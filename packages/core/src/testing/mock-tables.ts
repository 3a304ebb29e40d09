import { selectorText } from "../cache/tell.ts";
import { displayName } from "../errors/display-name.ts";
import { printableName } from "../errors/printable-name.ts";
import { textTable } from "../errors/text-table.ts";
import type { CallLog, MockCall } from "./mock-call.ts";
import type { MockFaults, Script } from "./mock-faults.ts";
import type { MockStore } from "./mock-store.ts";

/** @throws Error that lists what was defined and never asked for, and what was scripted and did not happen. */
export function assertAllUsed(store: MockStore, faults: MockFaults, log: CallLog): void {
  const rows = [
    ...[...store.entries]
      .filter(([name]) => !log.wasAsked(name))
      .map(([name, entry]) => [displayName(name), entry === "absent" ? "absent()" : "defined", "never asked for"]),
    ...faults.scripts.filter(isLeftOver).map(printScript),
  ];
  if (rows.length === 0) return;
  const what = rows.length === 1 ? "1 thing was set up and not used" : `${rows.length} things were set up and not used`;
  throw new Error(`mockSource: ${what}.\n\n${textTable(["name", "set up", "what happened"], rows)}`);
}

/** @throws Error that lists the calls. */
export function assertNoCalls(calls: readonly MockCall[]): void {
  if (calls.length === 0) return;
  const rows = calls.map(({ request, method, name, version, lease }) => [
    String(request),
    method,
    displayName(name),
    lease === undefined ? (version === undefined ? "" : printableName(selectorText(version))) : displayName(lease),
  ]);
  const what = calls.length === 1 ? "there was 1" : `there were ${calls.length}`;
  const table = textTable(["request", "method", "name", "version or lease"], rows);
  throw new Error(`mockSource: there should be no calls, but ${what}.\n\n${table}`);
}

function isLeftOver({ happened, times }: Script): boolean {
  return happened === 0 || (times !== Number.POSITIVE_INFINITY && happened < times);
}

function printScript({ name, what, times, happened, on }: Script): string[] {
  const limits = [printTimes(times), on === undefined ? "" : `on ${on}`];
  const how = limits.filter((limit) => limit !== "").join(", ");
  return [
    name === undefined ? "(all)" : displayName(name),
    how === "" ? what : `${what} (${how})`,
    happened === 0 ? "never happened" : `happened ${happened} of ${times} times`,
  ];
}

function printTimes(times: number): string {
  if (times === Number.POSITIVE_INFINITY) return "";
  return times === 1 ? "once" : `${times} times`;
}
