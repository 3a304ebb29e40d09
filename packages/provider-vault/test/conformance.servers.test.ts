import { describeRotation, describeSource, type SourceHarness } from "@secretsource/conformance";
import { afterAll, describe, test } from "vitest";
import { startOpenBao } from "../../../tools/servers/index.ts";
import { BaoAdmin } from "./bao/bao-admin.ts";
import { baoKv1Store, baoKvStore, mountKv1 } from "./bao/bao-kv-store.ts";
import { openSecureBao } from "./bao/secure-bao.ts";
import { kvHarness, type PlainKvStore } from "./kv-harness.ts";
import { kv1Harness } from "./kv1-harness.ts";

const bao = await startOpenBao();
afterAll(() => bao.stop());
const admin = new BaoAdmin(bao.url);
await mountKv1(admin);
const versioned = kvHarness("vaultKv on OpenBao", () => baoKvStore({ admin, server: bao }));
const plain = kv1Harness("vaultKv, version 1, on OpenBao", () => baoKv1Store({ admin, server: bao }));
describeSource(versioned, { describe, test });
describeRotation(versioned, { describe, test });
describeSource(plain, { describe, test });
describeRotation(plain, { describe, test });

const secure = await openSecureBao();
afterAll(() => secure.stop());
await mountKv1(secure.behind.admin);
for (const harness of [
  kvHarness("vaultKv on OpenBao over TLS", () => baoKvStore(secure.behind), secure.options),
  kv1Harness("vaultKv, version 1, on OpenBao over TLS", () => baoKv1Store(secure.behind), secure.options),
]) {
  const patient = { ...harness, patienceMs: secure.patienceMs } as SourceHarness<PlainKvStore>;
  describeSource(patient, { describe, test });
  describeRotation(patient, { describe, test });
}
