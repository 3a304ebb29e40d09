import { SecretManagerServiceClient } from "@google-cloud/secret-manager";
import * as gax from "google-gax";
import type { GcpAuthClient } from "./auth-client.ts";
import { gcpDefaults } from "./defaults.ts";
import type { Endpoint } from "./endpoint.ts";
import { grpcAuth } from "./grpc-auth.ts";
import { type GrpcParts, type GrpcStub, grpcMethods } from "./grpc-methods.ts";
import { type OwnClient, type OwnClients, ownClient } from "./own-client.ts";
import { type InnerCalls, quietMethods } from "./quiet-methods.ts";
import { regionalEndpoint } from "./regional-endpoint.ts";
import { restAuth } from "./rest-auth.ts";
import { restSender } from "./rest-sender.ts";
import { type SecretManagerCalls, secretManagerCalls } from "./secret-manager-calls.ts";
import { SecretManagerClients } from "./secret-manager-clients.ts";
import type { ConnectionSettings, SecretManagerSettings } from "./secret-manager-options.ts";
import { TokenGiver } from "./token-giver.ts";
import { withRenewal } from "./with-renewal.ts";
import { withRequestLimit } from "./with-request-limit.ts";

type ClientOptions = NonNullable<ConstructorParameters<typeof SecretManagerServiceClient>[0]>;
type Auth = InstanceType<typeof gax.GoogleAuth>;

interface OwnSettings extends ConnectionSettings {
  /** Of the names that will be asked about. Where it is known, the SDK does not look for it, which may take seconds. */
  readonly projectId: string | undefined;
}

interface Credentials {
  readonly auth: Auth;
  readonly tokens: TokenGiver;
}

/** By clients of ours. */
export function ownSecretManager(settings: SecretManagerSettings): SecretManagerCalls {
  const make = (projectId: string | undefined) => makeOwnClients({ ...settings.connection, projectId });
  return secretManagerCalls(settings, new SecretManagerClients(settings, make));
}

/** What makes clients for one set of credentials, which all of them share. */
function makeOwnClients(settings: OwnSettings): OwnClients {
  // Whether there is a metadata server would be remembered as long as the process lives, also that there is none.
  gax.googleAuthLibrary.gcpMetadata.resetIsAvailableCache();
  const auth = authFor(settings);
  const found = () => auth.getClient() as Promise<GcpAuthClient>;
  const end = new AbortController();
  const limited = () => found().then((client) => withRequestLimit(client, end.signal));
  const tokens = new TokenGiver(settings.authClient === undefined ? limited : found);
  const credentials: Credentials = { auth, tokens };
  return {
    makeClient: (location) => makeClient(settings, credentials, location),
    // By an auth of its own, which was not handed a project already.
    projectId: async () => authFor({ ...settings, projectId: undefined }).getProjectId(),
    close: () => end.abort(),
  };
}

function authFor({ authClient, endpoint, projectId }: OwnSettings): Auth {
  const { PassThroughClient } = gax.googleAuthLibrary;
  // Over a connection that everybody can read no token goes out, and so none is looked for.
  const client = authClient ?? (endpoint?.isPlain ? new PassThroughClient() : undefined);
  const auth = new gax.GoogleAuth({
    scopes: ["https://www.googleapis.com/auth/cloud-platform"],
    ...(client !== undefined && { authClient: client as InstanceType<typeof PassThroughClient> }),
    ...(projectId !== undefined && { projectId }),
  });
  // As the SDK has it: a service account's key signs its tokens itself, and nobody is asked for one.
  auth.useJWTAccessWithScope = true;
  return auth;
}

function makeClient(
  { transport, endpoint }: OwnSettings,
  credentials: Credentials,
  location: string | undefined,
): OwnClient {
  const address = endpoint ?? (location === undefined ? undefined : regionalEndpoint(location));
  const shared: ClientOptions = {
    ...(address !== undefined && { apiEndpoint: address.host, port: address.port }),
    // Its second way of debug output.
    enableTelemetryLogging: false,
  };
  return transport === "rest" ? restClient(shared, address, credentials) : grpcClient(shared, address, credentials);
}

function grpcClient(shared: ClientOptions, address: Endpoint | undefined, { auth, tokens }: Credentials): OwnClient {
  const client = new SecretManagerServiceClient(
    {
      ...shared,
      auth: grpcAuth(auth, tokens) as never,
      fallback: false,
      // What is plain is near: an emulator is not behind the proxies of the environment.
      ...(address?.isPlain && { sslCreds: gax.grpc.credentials.createInsecure(), "grpc.enable_http_proxy": 0 }),
      "grpc.keepalive_time_ms": gcpDefaults.keepaliveMs,
      "grpc.keepalive_timeout_ms": gcpDefaults.keepaliveAnswerMs,
      // A connection ends with its client, and a new client begins anew.
      "grpc.use_local_subchannel_pool": 1,
      "grpc.max_receive_message_length": gcpDefaults.maxBytes,
    } as ClientOptions,
    gax as never,
  );
  let stub: GrpcStub | undefined;
  const methods = grpcMethods(() => stub, grpcParts);
  return ownClient(client, withRenewal(methods, tokens), {
    async prepare() {
      stub = (await client.initialize()) as GrpcStub;
    },
    end: () => {},
  });
}

const grpcParts: GrpcParts = {
  metadata(headers) {
    const metadata = new gax.grpc.Metadata();
    for (const name in headers) metadata.set(name, headers[name] as string);
    return metadata;
  },
  detailed: (error) => gax.GoogleError.parseGRPCStatusDetails(error as never),
  clientHeader: `gl-node/${process.versions.node} gax/${gax.version}`,
};

function restClient(shared: ClientOptions, address: Endpoint | undefined, { auth, tokens }: Credentials): OwnClient {
  // The HTTP client below that of the SDK's credentials, which prints answers when it is told to debug.
  const http = new gax.googleAuthLibrary.gaxios.Gaxios();
  const sender = restSender((url, request) => http.fetch(url, request as never) as Promise<Response>);
  const client = new SecretManagerServiceClient(
    {
      ...shared,
      auth: restAuth(tokens, sender.send) as never,
      fallback: true,
      ...(address?.isPlain && { protocol: "http" }),
    } as ClientOptions,
    gax as never,
  );
  return ownClient(client, withRenewal(quietMethods(client as unknown as InnerCalls), tokens), {
    async prepare() {
      // Over REST the SDK would look for them within the first call.
      await auth.getClient();
      await client.initialize();
    },
    end: () => sender.close(),
  });
}
