// Prints what is loaded: by the import of the package, by making and closing everything, by the logins, and by a first call.
// Argument: an address at which nothing listens.
import { registerHooks } from "node:module";

const loaded = new Set<string>();
registerHooks({
  load(url, context, next) {
    const [, file] = /(?:provider-vault\/src|node_modules)\/([\w@./-]+)$/.exec(url) ?? [];
    if (file !== undefined) loaded.add(file);
    return next(url, context);
  },
});
// Not in the documentation; every version of Node that is supported has it.
const { moduleLoadList } = process as unknown as { readonly moduleLoadList: readonly string[] };
const soFar = () => [...loaded, ...moduleLoadList.filter((name) => /^NativeModule https?$/.test(name))].sort();

const vault = await import("@secretsource/provider-vault");
const byImport = soFar();

const options = { address: process.argv[2], env: { VAULT_TOKEN: "t" } };
const connection = vault.vaultConnection(options);
const made = [
  vault.vaultKv({ connection }),
  vault.vaultDatabase(options),
  vault.vaultDatabase({ ...options, roles: "static" }),
  vault.vaultAws(options),
  vault.vaultPki({ ...options, certificates: { web: { role: "web" } } }),
  vault.vaultPath(options),
  vault.vaultKv.fromUri("vault-kv:secret?address=http://127.0.0.1:1&login=kubernetes&role=r"),
  vault.vaultTransit(options),
];
for (const one of made) await one.close?.();
await connection.close();
const byClosing = soFar();

await import("@secretsource/provider-vault/auth");
const byLogins = soFar();

const { failure } = await vault
  .vaultKv(options)
  .read({ name: "db", version: "current" }, { signal: AbortSignal.timeout(10_000), bypassCaches: false });
console.log(JSON.stringify({ byImport, byClosing, byLogins, failure, byCall: soFar() }));
