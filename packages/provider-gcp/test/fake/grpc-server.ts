import { createRequire } from "node:module";
import {
  type handleUnaryCall,
  loadPackageDefinition,
  Metadata,
  Server,
  ServerCredentials,
  type ServiceDefinition,
} from "@grpc/grpc-js";
import { fromJSON } from "@grpc/proto-loader";
import type { FakeRequest, FakeSecrets, Method } from "./fake-secrets.ts";
import { RpcError } from "./rpc-error.ts";
import { statusDetails } from "./status-details.ts";

/** One call as it arrived. */
export interface GrpcCall {
  readonly method: Method;
  readonly request: FakeRequest;
  readonly metadata: Readonly<Record<string, unknown>>;
  /** Milliseconds that the client gave it. */
  readonly deadlineMs: number;
  /** How it ended. */
  end: "answered" | "failed" | "cancelled" | undefined;
}

/** In place of the service, for every call: an error, bytes that are no message, or no answer at all. */
export type GrpcFault = RpcError | Uint8Array | "silence";

export interface GrpcServer extends AsyncDisposable {
  readonly port: number;
  readonly calls: readonly GrpcCall[];
  fault: GrpcFault | ((call: GrpcCall) => GrpcFault | undefined) | undefined;
  /** How long the service thinks about each answer. Default: not at all. */
  thinkingMs: number;
  /** Sends GOAWAY to every client, lets what is under way end, and listens on. */
  goAway(): void;
  close(): Promise<void>;
}

const require = createRequire(import.meta.url);
const protos: object = require("@google-cloud/secret-manager/build/protos/protos.json");
const definition = fromJSON(protos as never, { longs: String, enums: String, defaults: true, oneofs: true });
const { google } = loadPackageDefinition(definition) as unknown as {
  readonly google: {
    readonly cloud: {
      readonly secretmanager: {
        readonly v1: { readonly SecretManagerService: { readonly service: ServiceDefinition } };
      };
    };
  };
};
const { service } = google.cloud.secretmanager.v1.SecretManagerService;
const methods: readonly Method[] = ["AccessSecretVersion", "GetSecretVersion", "ListSecretVersions", "GetSecret"];

/** PEM, both. */
export interface GrpcTls {
  readonly key: string;
  readonly cert: string;
}

/** Secret Manager over gRPC, by the protos of the SDK's own package. */
export async function startGrpcServer(secrets: FakeSecrets, tls?: GrpcTls): Promise<GrpcServer> {
  const calls: GrpcCall[] = [];
  const server = new Server();
  let fault: GrpcServer["fault"];
  let thinkingMs = 0;

  const handlerOf =
    (method: Method): handleUnaryCall<FakeRequest, unknown> =>
    (incoming, reply) => {
      const deadline = incoming.getDeadline();
      const call: GrpcCall = {
        method,
        request: incoming.request,
        metadata: incoming.metadata.getMap(),
        deadlineMs: Number(deadline) - Date.now(),
        end: undefined,
      };
      calls.push(call);
      incoming.once("cancelled", () => {
        call.end = "cancelled";
      });
      try {
        const happening = typeof fault === "function" ? fault(call) : fault;
        if (happening === "silence") return;
        if (happening instanceof RpcError) throw happening;
        call.end = "answered";
        const answer = happening ?? secrets.answer(method, incoming.request);
        if (thinkingMs > 0) setTimeout(() => reply(null, answer), thinkingMs);
        else reply(null, answer);
      } catch (error) {
        if (!(error instanceof RpcError)) throw error;
        call.end = "failed";
        const metadata = new Metadata();
        metadata.set("grpc-status-details-bin", statusDetails(error));
        reply({ code: error.code, details: error.message, metadata });
      }
    };

  const known = Object.entries(service).filter(([name]) => methods.includes(name as Method));
  const served = known.map(([name, { responseSerialize, ...rest }]) => {
    // What are bytes already goes out as it is.
    const serialize = (answer: unknown) =>
      answer instanceof Uint8Array ? Buffer.from(answer) : responseSerialize(answer);
    return [name, { ...rest, responseSerialize: serialize }] as const;
  });
  server.addService(
    Object.fromEntries(served) as ServiceDefinition,
    Object.fromEntries(known.map(([name]) => [name, handlerOf(name as Method)])),
  );
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", credentialsOf(tls), (error, bound) => {
      if (error === null) resolve(bound);
      else reject(error);
    });
  });

  async function close(): Promise<void> {
    server.forceShutdown();
  }

  return {
    port,
    calls,
    get fault() {
      return fault;
    },
    set fault(next) {
      fault = next;
    },
    get thinkingMs() {
      return thinkingMs;
    },
    set thinkingMs(ms) {
      thinkingMs = ms;
    },
    goAway: () => server.drain(`127.0.0.1:${port}`, 1000),
    close,
    [Symbol.asyncDispose]: close,
  };
}

function credentialsOf(tls: GrpcTls | undefined): ServerCredentials {
  if (tls === undefined) return ServerCredentials.createInsecure();
  return ServerCredentials.createSsl(null, [{ private_key: Buffer.from(tls.key), cert_chain: Buffer.from(tls.cert) }]);
}
