import { protobufFromJSON } from "google-gax";
import type { RpcError } from "./rpc-error.ts";

interface MessageType {
  encode(message: object): { finish(): Uint8Array };
}

// Of google/rpc/status.proto, google/rpc/error_details.proto and google/protobuf/any.proto.
const root = protobufFromJSON({
  nested: {
    Any: { fields: { typeUrl: { type: "string", id: 1 }, value: { type: "bytes", id: 2 } } },
    Status: {
      fields: {
        code: { type: "int32", id: 1 },
        message: { type: "string", id: 2 },
        details: { rule: "repeated", type: "Any", id: 3 },
      },
    },
    ErrorInfo: {
      fields: {
        reason: { type: "string", id: 1 },
        domain: { type: "string", id: 2 },
        metadata: { keyType: "string", type: "string", id: 3 },
      },
    },
    Duration: { fields: { seconds: { type: "int64", id: 1 }, nanos: { type: "int32", id: 2 } } },
    RetryInfo: { fields: { retryDelay: { type: "Duration", id: 1 } } },
  },
} as never) as unknown as { lookupType(name: string): MessageType };

export const domain = "googleapis.com";

/** The trailer `grpc-status-details-bin` of an error. */
export function statusDetails(error: RpcError): Buffer {
  const details = [];
  if (error.info !== undefined) details.push(any("ErrorInfo", { domain, ...error.info }));
  if (error.retryAfterSeconds !== undefined) {
    details.push(any("RetryInfo", { retryDelay: { seconds: error.retryAfterSeconds } }));
  }
  return Buffer.from(encoded("Status", { code: error.code, message: error.message, details }));
}

function any(type: "ErrorInfo" | "RetryInfo", message: object): object {
  return { typeUrl: `type.googleapis.com/google.rpc.${type}`, value: encoded(type, message) };
}

function encoded(type: string, message: object): Uint8Array {
  return root.lookupType(type).encode(message).finish();
}
