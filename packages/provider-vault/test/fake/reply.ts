import { randomUUID } from "node:crypto";
import { jsonAnswer, type WireAnswer } from "@secretsource/conformance/wire";

/** Answers in the server's own form. */
export function reply(parts: object): WireAnswer {
  return jsonAnswer({
    request_id: randomUUID(),
    lease_id: "",
    renewable: false,
    lease_duration: 0,
    data: null,
    wrap_info: null,
    warnings: null,
    auth: null,
    ...parts,
  });
}

export function refuse(status: number, ...errors: string[]): WireAnswer {
  return jsonAnswer({ errors }, { status });
}

export const nothing: WireAnswer = { status: 204 };
export const denied = () => refuse(403, "1 error occurred:\n\t* permission denied\n\n");
export const unsupportedOperation = () => refuse(405, "1 error occurred:\n\t* unsupported operation\n\n");
