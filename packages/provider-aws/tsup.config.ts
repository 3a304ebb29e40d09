import { defineConfig } from "tsup";
import { buildOfParts } from "../../tools/package-build.ts";

export default defineConfig(
  buildOfParts({ index: "src/index.ts" }, [
    "src/secrets-manager-sdk.ts",
    "src/secrets-manager-calls.ts",
    "src/parameter-store-sdk.ts",
    "src/parameter-store-calls.ts",
    "src/agent/agent-calls.ts",
    "src/configured-endpoint-sdk.ts",
  ]),
);
