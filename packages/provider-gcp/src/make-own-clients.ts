import type { GcpAuthClient } from "./auth-client.ts";
import { gcpDefaults } from "./defaults.ts";
import type { Endpoint } from "./endpoint.ts";
import { grpcAuth } from "./grpc-auth.ts";
import { type GrpcParts, type GrpcStub, grpcMethods } from "./grpc-methods.ts";
import { type InnerCalls, type OwnClient, type OwnClients, quietMethods } from "./own-client.ts";
import { restAuth } from "./rest-auth.ts";
import { restSender } from "./rest-sender.ts";
import type { SecretManagerMethods } from "./secret-manager-methods.ts";
import type { ConnectionSettings } from "./secret-manager-options.ts";
import { TokenGiver } from "./token-giver.ts";
import { withRenewal } from "./with-renewal.ts";

type Sdk = typeof import("./secret-manager-sdk.ts");
type Client = InstanceType<Sdk["SecretManagerServiceClient"]>;
type ClientOptions = NonNullable<ConstructorParameters<Sdk["SecretManagerServiceClient"]>[0]>;
type Auth = InstanceType<Sdk["gax"]["GoogleAuth"]>;

export interface OwnSettings extends ConnectionSettings {
  /** Of the names that will be asked about. Where it is known, the SDK does not look for it, which may take seconds. */
  readonly projectId: string | undefined;
}

interface Credentials {
  readonly auth: Auth;
  readonly tokens: TokenGiver;
}

/** Loads the SDK. What makes clients for one set of credentials, which all of them share. */
export async function makeOwnClients(settings: OwnSettings): Promise<OwnClients> {
  const { SecretManagerServiceClient, gax } = await import("./secret-manager-sdk.ts");
  const sdk: Sdk = { SecretManagerServiceClient, gax };
  // Whether there is a metadata server would be remembered as long as the process lives, also that there is none.
  gax.googleAuthLibrary.gcpMetadata.resetIsAvailableCache();
  const auth = authFor(sdk, settings);
  const credentials: Credentials = {
    auth,
    tokens: new TokenGiver(() => auth.getClient() as Promise<GcpAuthClient>),
  };
  return {
    makeClient: (location: string | undefined) => makeClient(sdk, settings, credentials, location),
    // By an auth of its own, which was not handed a project already.
    projectId: async () => authFor(sdk, { ...settings, projectId: undefined }).getProjectId(),
  };
}

function authFor({ gax }: Sdk, { authClient, endpoint, projectId }: OwnSettings): Auth {
  const { GoogleAuth, googleAuthLibrary } = gax;
  const { PassThroughClient } = googleAuthLibrary;
  // Over a connection that everybody can read no token goes out, and so none is looked for.
  const client = authClient ?? (endpoint?.isPlain ? new PassThroughClient() : undefined);
  const auth = new GoogleAuth({
    scopes: ["https://www.googleapis.com/auth/cloud-platform"],
    ...(client !== undefined && { authClient: client as InstanceType<typeof PassThroughClient> }),
    ...(projectId !== undefined && { projectId }),
  });
  // As the SDK has it: a service account's key signs its tokens itself, and nobody is asked for one.
  auth.useJWTAccessWithScope = true;
  return auth;
}

function makeClient(
  sdk: Sdk,
  { transport, endpoint }: OwnSettings,
  credentials: Credentials,
  location: string | undefined,
): OwnClient {
  const address = endpoint ?? addressOf(location);
  const shared: ClientOptions = {
    ...(address !== undefined && { apiEndpoint: address.host, port: address.port }),
    // Its second way of debug output.
    enableTelemetryLogging: false,
  };
  return transport === "rest"
    ? restClient(sdk, shared, address, credentials)
    : grpcClient(sdk, shared, address, credentials);
}

/** Regional secrets are at their location alone (https://cloud.google.com/secret-manager/docs/reference/rest). */
function addressOf(location: string | undefined): Endpoint | undefined {
  if (location === undefined) return undefined;
  const universe = process.env.GOOGLE_CLOUD_UNIVERSE_DOMAIN || "googleapis.com";
  return { host: `secretmanager.${location}.rep.${universe}`, port: 443, isPlain: false };
}

function grpcClient(
  { SecretManagerServiceClient, gax }: Sdk,
  shared: ClientOptions,
  address: Endpoint | undefined,
  { auth, tokens }: Credentials,
): OwnClient {
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
  return ownClient(
    client,
    withRenewal(
      grpcMethods(() => stub, grpcParts(gax)),
      tokens,
    ),
    {
      async prepare() {
        stub = (await client.initialize()) as GrpcStub;
      },
      end: () => {},
    },
  );
}

function grpcParts({ grpc, GoogleError, version }: Sdk["gax"]): GrpcParts {
  return {
    metadata(headers) {
      const metadata = new grpc.Metadata();
      for (const name in headers) metadata.set(name, headers[name] as string);
      return metadata;
    },
    detailed: (error) => GoogleError.parseGRPCStatusDetails(error as never),
    clientHeader: `gl-node/${process.versions.node} gax/${version}`,
  };
}

function restClient(
  { SecretManagerServiceClient, gax }: Sdk,
  shared: ClientOptions,
  address: Endpoint | undefined,
  { auth, tokens }: Credentials,
): OwnClient {
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

function ownClient(
  client: Client,
  methods: SecretManagerMethods,
  { prepare, end }: { readonly prepare: () => Promise<void>; readonly end: () => void },
): OwnClient {
  let isReady = false;
  let isClosed = false;
  return {
    ...methods,
    async initialize() {
      await prepare();
      // One that was closed while it looked for credentials: nobody else would close it.
      if (isClosed && !isReady) await client.close();
      isReady = true;
    },
    async close() {
      isClosed = true;
      // One without credentials has no channel, and would reject.
      if (isReady) await client.close();
      end();
    },
  };
}
