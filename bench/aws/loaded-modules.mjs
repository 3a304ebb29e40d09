// Prints how many modules of the SDK are loaded: after the import of the package, after a source was made, after a read.
import { registerHooks } from "node:module";

let loaded = 0;
registerHooks({
  load(url, context, next) {
    if (/\/(?:@aws-sdk|@smithy)\//.test(url)) loaded += 1;
    return next(url, context);
  },
});

const { awsSecretsManager } = await import("@secretsource/provider-aws");
const afterImport = loaded;
const client = {
  region: "eu-west-1",
  endpoint: "http://127.0.0.1:9",
  credentials: { accessKeyId: "x", secretAccessKey: "x" },
};
const source = awsSecretsManager(client);
const afterMaking = loaded;
await source.read({ name: "db", version: "current" }, { signal: AbortSignal.timeout(20_000), bypassCaches: false });
console.log(JSON.stringify({ afterImport, afterMaking, afterRead: loaded }));
