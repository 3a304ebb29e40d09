// Does with a server whatever may print something, and prints what it hears. Arguments: the address, and the canaries of a
// token, a secret id, a JWT and a plaintext. What answers at the address refuses all but the token.
import { inspect } from "node:util";
import { createSecrets } from "@secretsource/core";
import { vaultKv, vaultTransit } from "@secretsource/provider-vault";
import { appRole, jwt, token } from "@secretsource/provider-vault/auth";

const [address = "", given = "", secretId = "", text = "", plaintext = ""] = process.argv.slice(2);
const say = (what: unknown) => console.log(inspect(what, { depth: 9, showHidden: true }), JSON.stringify(what));

const logins = [token({ token: given }), appRole({ roleId: "r", secretId }), jwt({ role: "r", jwt: async () => text })];
for (const login of logins) {
  await using secrets = createSecrets({ source: vaultKv({ address, env: {}, login }) });
  secrets.on(say);
  for (const name of ["db", "none"]) await secrets.getSecret(name).then(say, say);
}
await using transit = vaultTransit({ address, env: {}, login: token({ token: given }) });
await transit.encrypt("orders", [{ plaintext }]).then(say, say);
say([transit, logins]);
console.log("the end");
