import { invalidOptions } from "@secretsource/core/source-kit";

export interface Endpoint {
  readonly host: string;
  readonly port: number;
  readonly isPlain: boolean;
}

/** @throws SecretsError `invalid-options`; it quotes nothing of what was given. */
export function endpointOf(given: unknown): Endpoint {
  const url = typeof given === "string" && URL.canParse(given) ? new URL(given) : undefined;
  const isBare = url?.username === "" && url.password === "" && url.search === "" && url.hash === "";
  if (url === undefined || !isBare || !/^https?:$/.test(url.protocol) || url.pathname !== "/") {
    return invalidOptions(
      '`endpoint` of gcpSecretManager must be a URL of http or https with a host and a port alone, such as "http://127.0.0.1:8085".',
    );
  }
  const isPlain = url.protocol === "http:";
  return { host: url.hostname, port: url.port === "" ? (isPlain ? 80 : 443) : Number(url.port), isPlain };
}
