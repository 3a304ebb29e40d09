import { displayName } from "../errors/display-name.ts";
import { SecretsError } from "../errors/secrets-error.ts";
import { deepFreeze } from "../util/deep-freeze.ts";
import { isJsonContainer, parseJson } from "./parse-json.ts";
import { payloadBytes, payloadText } from "./payload.ts";
import type { Reading } from "./reading.ts";

/**
 * The payload as the reading wants it, before any schema. Without `as` it is text; with a field or a schema, a payload
 * that parses as a JSON object or array is JSON. JSON is frozen through and through, but for a schema: that gets a copy
 * of its own, since some libraries (arktype) cannot transform what is frozen.
 *
 * @throws SecretsError `decode-failed` or `field-not-found`, without secret name: the caller knows it.
 */
export function decode(payload: string | Uint8Array, reading: Reading): unknown {
  const value = select(payload, reading);
  return reading.schema === undefined ? deepFreeze(value) : value;
}

function select(payload: string | Uint8Array, reading: Reading): unknown {
  const { as, field, schema } = reading;
  if (as === "bytes") return payloadBytes(payload);
  const text = payloadText(payload);
  if (as === "text") return text;
  const parsed = as === "json" || field !== undefined || schema !== undefined ? parseJson(text) : undefined;
  if (as === "json" && parsed === undefined) {
    throw new SecretsError({
      code: "decode-failed",
      advice: 'The payload is not JSON: correct it in the store, or leave `as: "json"` away.',
    });
  }
  const json = parsed !== undefined && (as === "json" || isJsonContainer(parsed.json)) ? parsed : undefined;
  const whole = json === undefined ? text : json.json;
  return field === undefined ? whole : selectField(whole, field, reading);
}

function selectField(whole: unknown, field: string, { as, schema }: Reading): unknown {
  if (!isJsonContainer(whole)) {
    throw new SecretsError({
      code: "field-not-found",
      advice: `The payload is not a JSON object, so it has no field ${displayName(field)}: leave \`field\` away, or store an object.`,
    });
  }
  if (!Object.hasOwn(whole, field) || Array.isArray(whole)) {
    throw new SecretsError({
      code: "field-not-found",
      advice: `The payload's top level has no key ${displayName(field)}; fields are literal keys, not paths.`,
    });
  }
  const value = (whole as Record<string, unknown>)[field];
  if (as === undefined && schema === undefined && typeof value !== "string") {
    throw new SecretsError({
      code: "decode-failed",
      advice: `The field ${displayName(field)} is not text: add \`as: "json"\` or a schema.`,
    });
  }
  return value;
}
