// Imported on first use alone, so that the SDK is.
import { SecretManagerServiceClient } from "@google-cloud/secret-manager";
import * as gax from "google-gax";
import type { GcpAuthClient } from "./auth-client.ts";
import { gcpDefaults } from "./defaults.ts";
import type { Endpoint } from "./endpoint.ts";
import { type InnerCalls, type OwnClient, type OwnClients, quietMethods } from "./own-client.ts";
import { restAuth } from "./rest-auth.ts";
import { restSender } from "./rest-sender.ts";
import type { ConnectionSettings } from "./secret-manager-options.ts";

type ClientOptions = NonNullable<ConstructorParameters<typeof SecretManagerServiceClient>[0]>;
type Auth = InstanceType<typeof gax.GoogleAuth>;

export interface SdkSettings extends ConnectionSettings {
  /** Of the names that will be asked about. Where it is known, the SDK does not look for it, which may take seconds. */
  readonly projectId: string | undefined;
}

/** What makes clients for one set of credentials, which all of them share. */
export function sdkFor(settings: SdkSettings): OwnClients {
  const auth = authFor(settings);
  return {
    makeClient: (location: string | undefined) => makeClient(settings, auth, location),
    // By an auth of its own, which was not handed a project already.
    projectId: async () => authFor({ ...settings, projectId: undefined }).getProjectId(),
  };
}

function authFor({ authClient, endpoint, projectId }: SdkSettings): Auth {
  const { GoogleAuth, googleAuthLibrary } = gax;
  const { PassThroughClient } = googleAuthLibrary;
  // Over a connection that everybody can read no token goes out, and so none is looked for.
  const client = authClient ?? (endpoint?.isPlain ? new PassThroughClient() : undefined);
  return new GoogleAuth({
    scopes: ["https://www.googleapis.com/auth/cloud-platform"],
    ...(client !== undefined && { authClient: client as InstanceType<typeof PassThroughClient> }),
    ...(projectId !== undefined && { projectId }),
  });
}

function makeClient({ transport, endpoint }: SdkSettings, auth: Auth, location: string | undefined): OwnClient {
  const address = endpoint ?? addressOf(location);
  const shared: ClientOptions = {
    ...(address !== undefined && { apiEndpoint: address.host, port: address.port }),
    // Its second way of debug output.
    enableTelemetryLogging: false,
  };
  return transport === "rest" ? restClient(shared, address, auth) : grpcClient(shared, address, auth);
}

/** Regional secrets are at their location alone (https://cloud.google.com/secret-manager/docs/reference/rest). */
function addressOf(location: string | undefined): Endpoint | undefined {
  if (location === undefined) return undefined;
  const universe = process.env.GOOGLE_CLOUD_UNIVERSE_DOMAIN ?? "googleapis.com";
  return { host: `secretmanager.${location}.rep.${universe}`, port: 443, isPlain: false };
}

function grpcClient(shared: ClientOptions, address: Endpoint | undefined, auth: Auth): OwnClient {
  const client = new SecretManagerServiceClient(
    {
      ...shared,
      auth: auth as never,
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
  return ownClient(client, { prepare: async () => {}, end: () => {} });
}

function restClient(shared: ClientOptions, address: Endpoint | undefined, auth: Auth): OwnClient {
  // The HTTP client below that of the SDK's credentials, which prints answers when it is told to debug.
  const http = new gax.googleAuthLibrary.gaxios.Gaxios();
  const sender = restSender((url, request) => http.fetch(url, request as never) as Promise<Response>);
  const client = new SecretManagerServiceClient(
    {
      ...shared,
      auth: restAuth(() => auth.getClient() as Promise<GcpAuthClient>, sender.send) as never,
      fallback: true,
      ...(address?.isPlain && { protocol: "http" }),
    } as ClientOptions,
    gax as never,
  );
  // Over REST the SDK would look for them within the first call.
  return ownClient(client, { prepare: () => auth.getClient(), end: () => sender.close() });
}

function ownClient(
  client: SecretManagerServiceClient,
  { prepare, end }: { readonly prepare: () => Promise<unknown>; readonly end: () => void },
): OwnClient {
  let isReady = false;
  return {
    ...quietMethods(client as unknown as InnerCalls),
    async initialize() {
      await prepare();
      await client.initialize();
      isReady = true;
    },
    async close() {
      // One without credentials has no channel, and would reject.
      if (isReady) await client.close();
      end();
    },
  };
}
