import { type AzureCloud, cloudOf, clouds } from "./clouds.ts";

// https://learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates, vault-name.
const namePattern = /^(?!.*--)[a-z][a-z0-9-]{1,22}[a-z0-9]$/i;

// What the parser takes away, decodes or mends could lead to another host than the one that is read there.
const urlPattern = /^https:\/\/[\w.:/-]+$/i;

/** A vault's URL, without a slash at its end, by its name or its URL; undefined where it is neither. */
export function vaultUrlOf(given: string, cloud: AzureCloud | undefined): string | undefined {
  if (namePattern.test(given)) return `https://${given.toLowerCase()}.${clouds[cloud ?? "public"].suffix}`;
  if (!urlPattern.test(given) || !URL.canParse(given)) return undefined;
  const url = new URL(given);
  const isBare = url.pathname === "/" && url.search === "" && url.hash === "" && url.username + url.password === "";
  // A bare address has no domain that a challenge could be held to, and with a dot at its end it is another one.
  if (!isBare || !/\.[^.]+$/.test(url.hostname)) return undefined;
  const own = cloudOf(url.hostname);
  return cloud !== undefined && own !== undefined && own !== cloud ? undefined : url.origin;
}
