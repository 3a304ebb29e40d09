import type { Problem } from "../errors/problem.ts";
import { withDeadline } from "../time/with-deadline.ts";
import type { Place } from "./collect-items.ts";
import type { ItemContext, ItemDefinition, ItemOutcome } from "./item-definition.ts";
import { problemOf } from "./item-problem.ts";
import type { LoadSettings } from "./load-options.ts";

/**
 * Reads all items at once and puts their values into the config.
 *
 * @returns What is wrong, in the order of the places. Empty: the config is complete.
 */
export async function readPlaces(places: readonly Place[], settings: LoadSettings): Promise<Problem[]> {
  const { clock, withinMs } = settings;
  const outcomes = new Map<Place, ItemOutcome | undefined>();
  let all: Promise<unknown> = Promise.resolve();
  const { ended } = await withDeadline(clock, withinMs, (signal) => {
    const context = { ...settings, signal };
    all = Promise.all(places.map(async (place) => outcomes.set(place, await readPlace(place, context))));
    return all;
  });
  // Who obeys the abort can still say which source it was that did not answer.
  if (ended !== undefined) await withDeadline(clock, 0, () => all);
  const problems = places.flatMap((place) => conclude(place, outcomes.get(place), withinMs) ?? []);
  // Nobody gets an incomplete config, so nobody could end what it follows.
  if (problems.length > 0) for (const outcome of outcomes.values()) abandon(outcome);
  return problems;
}

async function readPlace({ item }: Place, context: ItemContext & LoadSettings): Promise<ItemOutcome | undefined> {
  if (item === undefined) return undefined;
  const outcome = await readItem(item, context);
  // What comes after the end only says where it would have come from.
  if (!context.signal.aborted) return outcome;
  abandon(outcome);
  return tooLate(item, context.withinMs, outcome.problem?.source);
}

async function readItem(item: ItemDefinition, context: ItemContext): Promise<ItemOutcome> {
  try {
    return await item.read(context);
  } catch (error) {
    return { problem: problemOf(error, { source: item.source, name: item.name }) };
  }
}

function abandon(outcome: ItemOutcome | undefined): void {
  if (outcome !== undefined && outcome.problem === undefined) outcome.abandon?.();
}

function tooLate({ name, source }: ItemDefinition, withinMs: number, asked = source): ItemOutcome {
  const budget = `the start-up budget of ${withinMs / 1000} s`;
  const reason = `It was not there when ${budget} was over. Check that its source can be reached, or raise \`within\`.`;
  return { problem: { code: "timeout", source: asked, name, reason } };
}

function conclude(place: Place, outcome: ItemOutcome | undefined, withinMs: number): Problem | undefined {
  const { path, item } = place;
  if (item === undefined) return { path, code: "invalid-options", reason: place.mistake };
  const { problem, value } = outcome ?? tooLate(item, withinMs);
  if (problem === undefined) {
    place.fill(value);
    return undefined;
  }
  const { code, source, name, reason } = problem;
  return { path, code, ...(source !== undefined && { source }), ...(name !== undefined && { name }), reason };
}
