/** Says which resource a call is about: the service routes by it. The SDK's own methods set it as well. */
export function routingHeader(request: object, resource: "name" | "parent"): Readonly<Record<string, string>> {
  const name = (request as Readonly<Record<string, string>>)[resource] ?? "";
  return { "x-goog-request-params": `${resource}=${encodeURIComponent(name)}` };
}
