import { describeSource } from "@secretsource/conformance";
import { afterAll, describe, test } from "vitest";
import { startOpenBao } from "../../../tools/servers/index.ts";
import { BaoAdmin } from "./bao/bao-admin.ts";
import { baoKvStore } from "./bao/bao-kv-store.ts";
import { mountLogins } from "./bao/bao-login-mounts.ts";
import { baoLoginWays } from "./bao/bao-login-ways.ts";
import { kvHarness } from "./kv-harness.ts";
import { loggedIn } from "./logged-in.ts";
import { temporaryFiles } from "./temporary-files.ts";

const bao = await startOpenBao();
const admin = new BaoAdmin(bao.url);
const mounts = await mountLogins(admin);
const { fileOf, remove } = temporaryFiles();
afterAll(async () => {
  remove();
  await Promise.all([bao.stop(), mounts.close()]);
});

for (const [name, way] of Object.entries(baoLoginWays(mounts, fileOf))) {
  const harness = kvHarness(`vaultKv on OpenBao by ${name}`, () => baoKvStore({ admin, server: bao, way }));
  describeSource(loggedIn(harness), { describe, test });
}
