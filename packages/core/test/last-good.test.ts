import { describe, expect, test } from "vitest";
import { z } from "zod";
import { refusal } from "./outcomes.ts";
import { scriptedInstance } from "./scripted-instance.ts";

const any = z.object({ form: z.number() });
const only = (form: number) => z.object({ form: z.literal(form) });

/** Each call gives the next version, of that form. */
function rotating(...forms: readonly number[]) {
  const versions = forms.map((form, index) => ({ payload: `{"form":${form}}`, version: `v${index + 1}` }));
  const instance = scriptedInstance(versions);
  return { ...instance, rotate: () => instance.clock.advance("5m") };
}

describe("a reader's last good record is its own:", () => {
  test("another reader that accepts a version does not take it away", async () => {
    const { secrets, rotate } = rotating(1, 2, 3);
    const picky = only(1);
    for (const version of ["v1", "v2", "v3"]) {
      expect((await secrets.getSecret("db", { schema: any })).version).toBe(version);
      const secret = await secrets.getSecret("db", { schema: picky });
      expect([secret.version, secret.stale]).toEqual(["v1", version === "v1" ? undefined : "validation-failed"]);
      await rotate();
    }
  });

  test("also where it has not read the versions between", async () => {
    const { secrets, rotate } = rotating(1, 2, 3);
    const picky = only(1);
    await secrets.getSecret("db", { schema: picky });
    for (const version of ["v2", "v3"]) {
      await rotate();
      expect((await secrets.getSecret("db", { schema: any })).version).toBe(version);
    }
    expect((await secrets.getSecret("db", { schema: picky })).version).toBe("v1");
  });

  test("also where nobody has read since the store confirmed it", async () => {
    const { secrets, source, rotate } = rotating(1, 1, 2);
    source.script({ payload: '{"form":1}', version: "v1" });
    const picky = only(1);
    await secrets.getSecret("db", { schema: picky });
    await rotate();
    await secrets.getSecret("db");
    source.script({ payload: '{"form":2}', version: "v2" });
    await rotate();
    expect((await secrets.getSecret("db", { schema: picky })).version).toBe("v1");
  });

  test("for each of several readers", async () => {
    const { secrets, rotate } = rotating(1, 2, 3, 4);
    const readers = [only(1), only(2), only(3)];
    for (const schema of readers) {
      await secrets.getSecret("db", { schema });
      await rotate();
    }
    await secrets.getSecret("db");
    const found = await Promise.all(readers.map((schema) => secrets.getSecret("db", { schema })));
    expect(found.map(({ version }) => version)).toEqual(["v1", "v2", "v3"]);
  });

  test("which ends with its own time", async () => {
    const { secrets, source, clock } = rotating(1, 2);
    const picky = only(1);
    await secrets.getSecret("db", { schema: picky });
    await clock.advance("64m");
    expect((await secrets.getSecret("db", { schema: picky })).stale).toBe("validation-failed");
    await clock.advance("1m");
    expect((await refusal(secrets.getSecret("db", { schema: picky }))).code).toBe("validation-failed");
    expect(source.calls.length).toBeGreaterThan(1);
  });
});
