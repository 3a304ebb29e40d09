import { describeRotation, describeSource } from "@secretsource/conformance";
import { makeAuthority } from "@secretsource/conformance/wire";
import { afterAll, describe, test } from "vitest";
import { startOpenBao } from "../../../tools/servers/index.ts";
import { BaoAdmin } from "./bao/bao-admin.ts";
import { baoKv1Store, baoKvStore, mountKv1 } from "./bao/bao-kv-store.ts";
import { kvHarness } from "./kv-harness.ts";
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

const baoTls = await startOpenBao({ tls: true });
afterAll(() => baoTls.stop());
const authority = await makeAuthority();
const tls = await authority.issue();
const secure = {
  ...kvHarness(
    "vaultKv on OpenBao over TLS",
    () => baoKvStore({ admin: new BaoAdmin(baoTls.url, baoTls.ca), server: baoTls, ca: baoTls.ca, tls }),
    { tls: { ca: authority.ca } },
  ),
  // A hundred handshakes at once, each of them twice.
  patienceMs: 10_000,
};
describeSource(secure, { describe, test });
