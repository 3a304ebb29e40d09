import { describeRotation, describeSource } from "@secretsource/conformance";
import { makeAuthority } from "@secretsource/conformance/wire";
import { afterAll, describe, test } from "vitest";
import { startBaoTls } from "../../../tools/servers/start-bao-tls.ts";
import { startServer } from "../../../tools/servers/start-server.ts";
import { BaoAdmin } from "./bao/bao-admin.ts";
import { baoKvStore } from "./bao/bao-kv-store.ts";
import { kvHarness } from "./kv-harness.ts";

const bao = await startServer("openbao");
afterAll(() => bao.stop());
const plain = kvHarness("vaultKv on OpenBao", () => baoKvStore({ admin: new BaoAdmin(bao.url), server: bao }));
describeSource(plain, { describe, test });
describeRotation(plain, { describe, test });

const baoTls = await startBaoTls();
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
