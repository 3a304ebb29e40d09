import type { Endpoint } from "./endpoint.ts";

/** Regional secrets are at their location alone (https://cloud.google.com/secret-manager/docs/reference/rest). */
export function regionalEndpoint(location: string): Endpoint {
  const universe = process.env.GOOGLE_CLOUD_UNIVERSE_DOMAIN || "googleapis.com";
  return { host: `secretmanager.${location}.rep.${universe}`, port: 443, isPlain: false };
}
