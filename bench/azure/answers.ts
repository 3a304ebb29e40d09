const properties = (vaultUrl: string, name: string, n: number) => ({
  id: `${vaultUrl}/secrets/${name}/${String(n).padStart(32, "0")}`,
  attributes: {
    enabled: true,
    created: 1_790_000_000 + n,
    updated: 1_790_000_000 + n,
    recoveryLevel: "Recoverable+Purgeable",
    recoverableDays: 90,
  },
});

/**
 * The text that Key Vault answers with: a value, or a list of versions. `value-1000` has a value of 1,000 characters,
 * `versions-25` has so many versions, and every other secret a value of 100 characters in one version.
 */
export function answerOf(vaultUrl: string, url: string): string {
  const [, , name = "", last = ""] = new URL(url, vaultUrl).pathname.split("/");
  const [, what, count = "1"] = /^(value|versions)-(\d+)$/.exec(name) ?? [];
  const versions = what === "versions" ? Number(count) : 1;
  if (last === "versions") {
    const value = Array.from({ length: versions }, (_, n) => properties(vaultUrl, name, n));
    return JSON.stringify({ value, nextLink: null });
  }
  const value = "x".repeat(what === "value" ? Number(count) : 100);
  return JSON.stringify({ value, ...properties(vaultUrl, name, versions) });
}
