import type { VirtualTimer } from "./timer-queue.ts";

const mostListed = 10;

/** Which timers are outstanding, and when they are due as seen from `nowMs`. */
export function describePending(timers: readonly VirtualTimer[], nowMs: number): string {
  const listed = timers.slice(0, mostListed).map((timer) => describe(timer, nowMs));
  const left = timers.length - listed.length;
  const more = left > 0 ? `, and ${left} more` : "";
  const count = timers.length === 1 ? "1 timer is" : `${timers.length} timers are`;
  return `${count} still pending, due ${listed.join(", ")}${more}. Close or abort what set them.`;
}

function describe(timer: VirtualTimer, nowMs: number): string {
  const due = timer.dueAt === Number.POSITIVE_INFINITY ? "never" : `in ${timer.dueAt - nowMs} ms`;
  return timer.holds ? `${due} (holds the process)` : due;
}
