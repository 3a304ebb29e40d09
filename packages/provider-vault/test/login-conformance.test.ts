import { describeSource } from "@secretsource/conformance";
import { afterAll, describe, test } from "vitest";
import { fakeKvStoreFor } from "./fake-kv-store.ts";
import { fakeLoginWays } from "./fake-login-ways.ts";
import { kvHarness } from "./kv-harness.ts";
import { loggedIn } from "./logged-in.ts";
import { temporaryFiles } from "./temporary-files.ts";

const { fileOf, remove } = temporaryFiles();
afterAll(remove);

for (const [name, way] of Object.entries(fakeLoginWays)) {
  const open = () => fakeKvStoreFor((vault) => way(vault, fileOf));
  describeSource(loggedIn(kvHarness(`vaultKv by ${name}`, open)), { describe, test });
}
