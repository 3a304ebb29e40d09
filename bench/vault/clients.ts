import { createSecrets } from "@secretsource/core";
import { vaultKv } from "@secretsource/provider-vault";
import { appRole, token } from "@secretsource/provider-vault/auth";

const vaultToken = "hvs.of-the-bench";

/** What a program would write that has a token, and no client at all. */
export async function bareRead(port: number, name: string): Promise<unknown> {
  const response = await fetch(`http://127.0.0.1:${port}/v1/secret/data/${name}`, {
    headers: { "x-vault-token": vaultToken },
  });
  if (!response.ok) throw new Error(String(response.status));
  const { data } = (await response.json()) as { readonly data: { readonly data: unknown } };
  return data.data;
}

export function ourSource(port: number, login = token({ token: vaultToken })) {
  return vaultKv({ address: `http://127.0.0.1:${port}`, env: {}, login });
}

export function ourSecrets(port: number) {
  return createSecrets({ source: ourSource(port) });
}

/** One that has to log in first. */
export function strangersSecrets(port: number) {
  return createSecrets({ source: ourSource(port, appRole({ roleId: "bench", secretId: "s" })) });
}
