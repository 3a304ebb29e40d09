import type { FaultyServer } from "@secretsource/conformance/wire";
import { testCredentials } from "./json-service.ts";

/** What a fake of a service answers to one call, as a cache in front of it makes it. */
export async function callService(
  { url }: FaultyServer,
  service: "secretsmanager" | "ssm",
  target: string,
  input: object,
): Promise<{ readonly status: number; readonly answer: Readonly<Record<string, unknown>> }> {
  const scope = `${testCredentials.accessKeyId}/20260101/eu-west-1/${service}/aws4_request`;
  const response = await fetch(url, {
    method: "POST",
    headers: { "x-amz-target": target, authorization: `AWS4-HMAC-SHA256 Credential=${scope}, Signature=none` },
    body: JSON.stringify(input),
  });
  return { status: response.status, answer: (await response.json()) as Record<string, unknown> };
}
