import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { askBao, startOpenBao } from "../../../../tools/servers/index.ts";

interface Login {
  readonly roleId: string;
  readonly secretIdFile: string;
}

/** OpenBao with a root and an authority below it, whose certificates are good for seconds. */
export async function startStore() {
  await using started = new AsyncDisposableStack();
  const bao = started.use(await startOpenBao());
  const folder = mkdtempSync(join(tmpdir(), "vault-mtls-"));
  started.defer(() => rmSync(folder, { recursive: true }));
  const ask = <T>(method: string, path: string, input?: object) => askBao<T>(bao, method, path, input);

  await ask("POST", "sys/mounts/root", { type: "pki" });
  await ask("POST", "root/root/generate/internal", { common_name: "Root", key_type: "ec", ttl: "24h" });
  await ask("POST", "sys/mounts/pki", { type: "pki" });
  const { csr } = await ask<{ csr: string }>("POST", "pki/intermediate/generate/internal", {
    common_name: "Services",
    key_type: "ec",
  });
  const signed = await ask<{ certificate: string; issuing_ca: string }>("POST", "root/root/sign-intermediate", {
    csr,
    common_name: "Services",
    ttl: "12h",
  });
  await ask("POST", "pki/intermediate/set-signed", { certificate: `${signed.certificate}\n${signed.issuing_ca}` });

  async function login(role: string, names: readonly string[]): Promise<Login> {
    await ask("POST", `pki/roles/${role}`, {
      allowed_domains: names,
      allow_bare_domains: true,
      key_type: "ec",
      ttl: "8s",
      max_ttl: "8s",
    });
    await ask("PUT", `sys/policies/acl/${role}`, {
      policy: `path "pki/issue/${role}" { capabilities = ["update"] }`,
    });
    await ask("POST", `auth/approle/role/${role}`, { token_policies: [role], token_ttl: "1m" });
    const { role_id } = await ask<{ role_id: string }>("GET", `auth/approle/role/${role}/role-id`);
    const { secret_id } = await ask<{ secret_id: string }>("POST", `auth/approle/role/${role}/secret-id`, {});
    const secretIdFile = join(folder, role);
    writeFileSync(secretIdFile, secret_id);
    return { roleId: role_id, secretIdFile };
  }

  await ask("POST", "sys/auth/approle", { type: "approle" });
  const server = await login("orders", ["orders.internal"]);
  const client = await login("shop", ["shop.internal"]);

  const end = started.move();
  return {
    address: bao.url,
    server,
    client,
    [Symbol.asyncDispose]: () => end.disposeAsync(),
  };
}
