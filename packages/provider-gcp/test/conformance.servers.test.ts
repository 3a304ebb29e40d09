import { describeRotation, describeSource, type SourceHarness } from "@secretsource/conformance";
import { startFaultProxy } from "@secretsource/conformance/wire";
import { afterAll, describe, expect, test } from "vitest";
import { startServer } from "../../../tools/servers/index.ts";
import { gcpSecretManager } from "../src/index.ts";
import { ask, askText } from "./ask.ts";
import { DrongoAdmin } from "./drongo/drongo-admin.ts";
import { fakeProject } from "./fake/fake-secrets.ts";
import { commonLacks, commonRestHarness, type RestStore } from "./harness.ts";

const drongo = await startServer("drongo");
afterAll(() => drongo.stop());
const admin = new DrongoAdmin(drongo.url);

// drongo has no limit; those of the fakes show it.
const { limitBytes: _limit, ...withoutLimit } = commonRestHarness;
const harness: SourceHarness<RestStore> = {
  ...withoutLimit,
  name: "gcpSecretManager on drongo (REST)",
  async open() {
    return { server: await startFaultProxy({ to: drongo.url }) };
  },
  end: ({ server }) => server.close(),
  seed: {
    put: (_store, name, payload) => admin.put(name, payload),
    remove: (_store, name) => admin.remove(name),
  },
  lacks: [
    ...commonLacks,
    { what: ["rollBack", "disable"], because: "On drongo `latest` falls back to the newest enabled version." },
    { what: ["label"], because: "drongo has no aliases." },
    { what: ["limit"], because: "drongo takes a payload of any size." },
    { what: ["deny"], because: "drongo has no permissions." },
  ],
  // It takes more than a second for a hundred reads at once where nothing else runs.
  patienceMs: 10_000,
};

describeSource(harness, { describe, test });
describeRotation(harness, { describe, test });

const open = () => gcpSecretManager({ projectId: fakeProject, endpoint: drongo.url, transport: "rest" });

test("a disabled and a destroyed version are told apart, and previous skips both", async () => {
  const source = open();
  for (const value of ["one", "two", "three", "four"]) await admin.put("states", value);
  await admin.setState("states", "2", "disable");
  await admin.setState("states", "3", "destroy");
  expect(await askText(source, "states", { id: "2" })).toBe("disabled");
  expect(await askText(source, "states", { id: "3" })).toBe("deleted");
  expect([await askText(source, "states"), await askText(source, "states", "previous")]).toEqual(["four", "one"]);
  await source.close?.();
});

test("without a checksum, the record says that there was none", async () => {
  const source = open();
  await admin.put("plain", "one");
  expect(await ask(source, "plain")).toMatchObject({ metadata: { checksum: "none" } });
  await source.close?.();
});
