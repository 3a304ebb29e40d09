import { describeRotation, describeSource } from "@secretsource/conformance";
import { makeAuthority } from "@secretsource/conformance/wire";
import { afterAll, describe, test } from "vitest";
import { startOpenBao } from "../../../tools/servers/index.ts";
import { BaoAdmin } from "./bao/bao-admin.ts";
import { baoKvStore } from "./bao/bao-kv-store.ts";
import { kvHarness } from "./kv-harness.ts";

const bao = await startOpenBao();
afterAll(() => bao.stop());
const plain = kvHarness("vaultKv on OpenBao", () => baoKvStore({ admin: new BaoAdmin(bao.url), server: bao }));
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
