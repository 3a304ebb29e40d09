import { defineConfig } from "tsup";
import { buildOfParts } from "../../tools/package-build.ts";

export default defineConfig(
  buildOfParts({ index: "src/index.ts" }, ["src/secret-manager-sdk.ts", "src/secret-manager-calls.ts"]),
);
