import { routingHeader } from "./routing-header.ts";
import type { SecretManagerCallOptions, SecretManagerMethods } from "./secret-manager-methods.ts";
import { statusCodes } from "./status-codes.ts";
import { withoutStack } from "./without-stack.ts";

type Done = (error: object | null, answer?: object) => void;
type UnaryCall = (
  request: object,
  metadata: object,
  options: { readonly deadline: number },
  done: Done,
) => { cancel(): void };

/** The service's methods over the channel of one client, as `initialize()` of the SDK gives them. */
export type GrpcStub = Readonly<Record<string, UnaryCall>>;

/** What of the SDK is needed besides. */
export interface GrpcParts {
  /** Headers of a call. */
  metadata(headers: Readonly<Record<string, string>>): object;
  /** The error with the details that came in its trailers. */
  detailed(error: object): unknown;
  /** What the service is told of who calls. */
  readonly clientHeader: string;
}

/**
 * Calls on the SDK's stub. The SDK's own methods stand above it, and print values when they are told to debug
 * (`GOOGLE_SDK_NODE_LOGGING`); what they do besides is to say the resource in a header, by which the service routes, to read the
 * details of errors, and to retry and go through pages, which is the core's and the source's matter.
 *
 * @param stub Undefined before the client is initialized.
 */
export function grpcMethods(
  stub: () => GrpcStub | undefined,
  { metadata, detailed, clientHeader }: GrpcParts,
): SecretManagerMethods {
  const call =
    (method: string, resource: "name" | "parent") =>
    (request: object, { signal, timeout }: SecretManagerCallOptions) =>
      new Promise<object>((resolve, reject) => {
        const headers = metadata({ "x-goog-api-client": clientHeader, ...routingHeader(request, resource) });
        const deadline = Date.now() + timeout;
        try {
          const done: Done = (error, answer) => {
            signal.removeEventListener("abort", abort);
            if (error === null) resolve(answer as object);
            else reject(detailed(error));
          };
          const underWay = withoutStack(() => (stub() as GrpcStub)[method]?.(request, headers, { deadline }, done));
          const abort = () => underWay?.cancel();
          signal.addEventListener("abort", abort, { once: true });
        } catch {
          // A channel that another call has found dead, and that is closed, throws.
          reject(withoutConnection());
        }
      });
  const [access, version, list, secret] = [
    call("accessSecretVersion", "name"),
    call("getSecretVersion", "name"),
    call("listSecretVersions", "parent"),
    call("getSecret", "name"),
  ] as const;
  return {
    accessSecretVersion: async (request, options) => [await access(request, options)],
    getSecretVersion: async (request, options) => [await version(request, options)],
    async listSecretVersions(request, options) {
      const page = await list(request, options);
      return [(page as { readonly versions: [] }).versions, null, page];
    },
    getSecret: async (request, options) => [await secret(request, options)],
  };
}

function withoutConnection(): Error {
  return Object.assign(new Error("No connection established"), { code: statusCodes.UNAVAILABLE });
}
