import { expect, test } from "vitest";
import { refusal } from "../../test/outcomes.ts";
import { scriptedInstance } from "../../test/scripted-instance.ts";

test.each([true, false])(
  "who watches in a loop with a hook that refuses is slowed down (held before: %s)",
  async (held) => {
    const { clock, source, secrets } = scriptedInstance({ payload: "one", version: "1" });
    if (held) await secrets.getSecret("db");
    let shown = 0;
    const verify = () => {
      shown += 1;
      throw new Error("no");
    };
    for (let turn = 0; turn < 600; turn += 1) {
      expect((await refusal(secrets.watchSecret("db", { verify }))).code).toBe("verify-failed");
      await clock.advance("100ms");
    }
    // On the backoff schedule: in a minute about seven times, each with a look at the other members of the window.
    expect(shown).toBeLessThan(20);
    expect(source.calls.length).toBeLessThan(60);
    await secrets.close();
  },
);

test("once the store has another version the next watch begins with it", async () => {
  const { clock, source, secrets } = scriptedInstance({ payload: "bad", version: "1" });
  const verify = (next: { reveal(): string }) => {
    if (next.reveal() === "bad") throw new Error("no");
  };
  for (let turn = 0; turn < 20; turn += 1) {
    await refusal(secrets.watchSecret("db", { verify }));
    await clock.advance("100ms");
  }
  source.script({ payload: "good", version: "2" });
  await clock.advance("60s");
  expect((await secrets.watchSecret("db", { verify })).current.reveal()).toBe("good");
  await secrets.close();
});
