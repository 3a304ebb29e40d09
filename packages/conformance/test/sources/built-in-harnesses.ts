import type { SourceHarness } from "../../src/index.ts";
import { envHarness } from "./env-harness.ts";
import { folderHarness } from "./folder-harness.ts";
import { dotenvFileHarness, jsonFileHarness } from "./keyed-file-harness.ts";
import { memoryHarness } from "./memory-harness.ts";
import { mintingMockHarness } from "./minting-mock-harness.ts";
import { mockHarness } from "./mock-harness.ts";
import { volumeHarness } from "./volume-harness.ts";

/** Every source of the core, as its documentation lists them. */
export const builtInHarnesses = [
  envHarness,
  folderHarness,
  volumeHarness,
  jsonFileHarness,
  dotenvFileHarness,
  memoryHarness,
  mockHarness,
  mintingMockHarness,
] as readonly SourceHarness<unknown>[];
