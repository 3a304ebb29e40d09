import { describe, test } from "vitest";
import { describeSource } from "../src/index.ts";
import { folderHarness } from "./sources/folder-harness.ts";
import { dotenvFileHarness, jsonFileHarness } from "./sources/keyed-file-harness.ts";
import { volumeHarness } from "./sources/volume-harness.ts";

describeSource(folderHarness, { describe, test });
describeSource(volumeHarness, { describe, test });
describeSource(jsonFileHarness, { describe, test });
describeSource(dotenvFileHarness, { describe, test });
