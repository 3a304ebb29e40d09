import { defineConfig } from "tsup";
import { buildOfParts } from "../../tools/package-build.ts";

export default defineConfig(
  buildOfParts({ index: "src/index.ts", auth: "src/auth/index.ts" }, [
    "src/vault-calls.ts",
    "src/transport/node-vault-sdk.ts",
    "src/auth/signature-sdk.ts",
    "src/auth/credential-chain-sdk.ts",
  ]),
);
