import { invalidOptions } from "@secretsource/core/source-kit";

/** @throws SecretsError `invalid-options`; the endpoint is not quoted, since it may hold a password. */
export function checkedEndpoint(endpoint: unknown, factory: string): string {
  const url = typeof endpoint === "string" && URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (url === undefined || (url.protocol !== "https:" && url.protocol !== "http:")) {
    return invalidOptions(`\`endpoint\` of ${factory} must be a URL, such as "https://vpce-1.example.com".`);
  }
  if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") {
    return invalidOptions(`\`endpoint\` of ${factory} must be a host and no more: neither a user nor a query.`);
  }
  return url.href;
}
