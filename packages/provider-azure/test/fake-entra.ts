import {
  type CertificateAuthority,
  type FaultyServer,
  jsonAnswer,
  startWireServer,
  type WireAnswer,
  type WireRequest,
} from "@secretsource/conformance/wire";
import { assertionProblem } from "./client-assertion.ts";
import { signToken } from "./fake-token.ts";

// Entra ID as the client credentials flow sees it
// (https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow).

export const tenant = "72f988bf-86f1-41af-91ab-2d7cd011db47";
export const clientId = "fad7d5b3-69d6-4b48-9259-8d12124e1cf1";
export const clientSecret = "client-secret~of.the_tests";
export const workloadToken = "workload-token-of-the-tests";

/** Issues tokens, and says what of. */
export class FakeEntra {
  readonly issued: string[] = [];
  /** How far its clock is ahead. */
  clockAheadMs = 0;
  /** That the application has, PEM. */
  readonly certificates: string[] = [];
  /** How long tokens live. */
  lifetimeMs = 3_600_000;
  #server: FaultyServer | undefined;

  static async start(authority: CertificateAuthority): Promise<FakeEntra> {
    const fake = new FakeEntra();
    const tls = await authority.issue({ hosts: ["localhost", "127.0.0.1"] });
    fake.#server = await startWireServer((request) => fake.#answer(request), { tls, hostName: "localhost" });
    return fake;
  }

  get server(): FaultyServer {
    return this.#server as FaultyServer;
  }

  /** How often a token was asked for. */
  get logins(): number {
    return this.server.requests.filter(({ method }) => method === "POST").length;
  }

  #answer({ path, text }: WireRequest): WireAnswer {
    const [, asked = "", ...rest] = path.split("/");
    // An unknown tenant (https://learn.microsoft.com/entra/identity-platform/reference-error-codes).
    if (asked !== tenant) return refusal("AADSTS90002", "invalid_tenant");
    switch (rest.join("/")) {
      // https://openid.net/specs/openid-connect-discovery-1_0.html, with Entra's own addresses below the tenant.
      case "v2.0/.well-known/openid-configuration":
        return jsonAnswer({
          issuer: `${this.server.url}/${tenant}/v2.0`,
          authorization_endpoint: `${this.server.url}/${tenant}/oauth2/v2.0/authorize`,
          token_endpoint: `${this.server.url}/${tenant}/oauth2/v2.0/token`,
          jwks_uri: `${this.server.url}/${tenant}/discovery/v2.0/keys`,
        });
      case "oauth2/v2.0/token":
        return this.#token(new URLSearchParams(text));
      default:
        return { status: 404 };
    }
  }

  /** Entra's code where the application does not show that it is itself. */
  #stranger(form: URLSearchParams): string | undefined {
    const assertion = form.get("client_assertion");
    if (assertion === null) return form.get("client_secret") === clientSecret ? undefined : "AADSTS7000215";
    if (form.get("client_assertion_type") !== "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
      return "AADSTS50027";
    // That of a workload is signed by its cluster.
    if (!isOwn(assertion)) return assertion === workloadToken ? undefined : "AADSTS700213";
    return assertionProblem(assertion, `${this.server.url}/${tenant}/oauth2/v2.0/token`, {
      clientId,
      registered: this.certificates,
      nowMs: Date.now() + this.clockAheadMs,
    });
  }

  #token(form: URLSearchParams): WireAnswer {
    if (form.get("client_id") !== clientId) return refusal("AADSTS700016", "unauthorized_client");
    if (form.get("grant_type") !== "client_credentials") return refusal("AADSTS70003", "unsupported_grant_type");
    const stranger = this.#stranger(form);
    if (stranger !== undefined) return refusal(stranger, "invalid_client");
    // One resource, by its scope `.default`, is the audience.
    const scope =
      form
        .get("scope")
        ?.split(" ")
        .find((one) => one.endsWith("/.default")) ?? "";
    const now = Date.now();
    const token = signToken({
      aud: scope.replace("/.default", ""),
      iss: `https://sts.windows.net/${tenant}/`,
      nbf: Math.floor(now / 1000) - 300,
      exp: (now + this.lifetimeMs) / 1000,
      // A claims challenge is answered by asking with `claims` (https://learn.microsoft.com/entra/identity-platform/claims-challenge).
      xms_claims: form.get("claims") ?? undefined,
    });
    this.issued.push(token);
    return jsonAnswer({ token_type: "Bearer", expires_in: Math.ceil(this.lifetimeMs / 1000), access_token: token });
  }
}

/** Whether an assertion is one of the application's own making, and not a workload's token. */
function isOwn(assertion: string): boolean {
  return assertion.split(".").length === 3;
}

/** The form of its errors: https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow#error-response */
function refusal(code: string, error: string): WireAnswer {
  const description = `${code}: No. Trace ID: 255d1aef-8c98-452f-ac51-23d051240864`;
  return jsonAnswer(
    { error, error_description: description, error_codes: [Number(code.slice(6))] },
    { status: error === "invalid_client" ? 401 : 400 },
  );
}
