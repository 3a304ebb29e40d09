import { expect, test } from "vitest";
import type { SecretsInstance } from "../src/client/secrets-instance.ts";
import { scriptedSource } from "./scripted-source.ts";
import { bins, names, seededInstance } from "./steady-readers.ts";

const secretNames = names(600);
const minute = 60_000;

// What makes many entries ask at one moment. Their next refreshes must not come at one moment too.
test.each<[string, (secrets: SecretsInstance, name: string) => unknown]>([
  ["hints", (secrets, name) => secrets.hint(name)],
  ["forced refreshes", (secrets, name) => secrets.getSecret(name, { refresh: true })],
])("600 %s at once do not make the refreshes after them fall together", async (_, ask) => {
  const make = (clock: Parameters<Parameters<typeof seededInstance>[0]>[0]) => scriptedSource("value", { clock });
  const { secrets, source, clock } = seededInstance(make);
  for (const name of secretNames) await secrets.watchSecret(name);
  await clock.advance(15 * minute);
  for (const name of secretNames) ask(secrets, name);
  await clock.advance(10_000);
  const from = clock.now();
  await clock.advance(20 * minute);
  await secrets.close();

  const asked = source.calls.map(({ at }) => at);
  expect(asked.filter((at) => at >= from - 10_000 && at < from).length).toBeGreaterThanOrEqual(secretNames.length);
  const calls = bins(asked, from, from + 20 * minute, 10_000);
  const mean = calls.reduce((sum, count) => sum + count, 0) / calls.length;
  expect(mean).toBeGreaterThan(secretNames.length / 40);
  expect(Math.max(...calls) / mean).toBeLessThan(2);
});
