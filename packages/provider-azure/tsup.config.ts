import { defineConfig } from "tsup";
import { buildOfParts } from "../../tools/package-build.ts";

export default defineConfig(
  buildOfParts({ index: "src/index.ts" }, ["src/key-vault-sdk.ts", "src/key-vault-calls.ts", "src/identity-sdk.ts"]),
);
