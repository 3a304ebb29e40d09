import { describeSource } from "@secretsource/conformance";
import { afterAll, describe, test } from "vitest";
import { startOpenBao } from "../../../tools/servers/index.ts";
import { BaoAdmin } from "./bao/bao-admin.ts";
import { baoKvStore } from "./bao/bao-kv-store.ts";
import { mountLogins } from "./bao/bao-login-mounts.ts";
import { baoLoginWays } from "./bao/bao-login-ways.ts";
import { kvHarness } from "./kv-harness.ts";
import { temporaryFiles } from "./temporary-files.ts";

const bao = await startOpenBao();
const admin = new BaoAdmin(bao.url);
const mounts = await mountLogins(admin);
const { fileOf, remove } = temporaryFiles();
afterAll(async () => {
  remove();
  await Promise.all([bao.stop(), mounts.close()]);
});

const context = { signal: new AbortController().signal, bypassCaches: true };

for (const [name, way] of Object.entries(baoLoginWays(mounts, fileOf))) {
  const harness = kvHarness(`vaultKv on OpenBao by ${name}`, () => baoKvStore({ admin, server: bao, way }));
  const loggedIn: typeof harness = {
    ...harness,
    // For a hundred reads at once, over as many connections of proxy and server.
    patienceMs: 10_000,
    // The login is behind it: what a case gives a read of time is not for a chain of three servers.
    async make(store) {
      const source = await harness.make(store);
      const { failure } = await source.read({ name: "never-written", version: "current" }, context);
      if (failure !== "not-found") throw new Error(`${name}: ${failure}`);
      return source;
    },
  };
  describeSource(loggedIn, { describe, test });
}
