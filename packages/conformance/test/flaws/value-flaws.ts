import type { SecretRecord } from "@secretsource/core/source";
import { recordOf } from "../lab/lab-source.ts";
import { changing, type Flaw, reading, texting } from "./flaw.ts";

export const valueFlaws: readonly Flaw[] = [
  {
    what: "cuts a text off",
    caughtBy: "reading/text",
    spoil: texting((text) => (text.startsWith("text-") ? text.slice(0, -1) : text)),
  },
  {
    what: "writes JSON anew",
    caughtBy: "reading/json",
    spoil: texting((text) => (text.startsWith("{") ? JSON.stringify(JSON.parse(text)) : text)),
  },
  { what: "trims", caughtBy: "reading/blanks", spoil: texting((text) => (/^[ ]/.test(text) ? text.trim() : text)) },
  {
    what: "takes an empty text for an absence",
    caughtBy: "reading/empty",
    spoil: changing((record) => (record.payload === "" ? { failure: "not-found" } : record)),
  },
  {
    what: "gives yesterday's value",
    caughtBy: "reading/newest",
    spoil(source, _store, broken) {
      const first = new Map<string, SecretRecord>();
      return {
        ...source,
        async read(ref, context) {
          const answer = await source.read(ref, context);
          const key = JSON.stringify(ref);
          if (answer.failure === undefined && !first.has(key)) first.set(key, structuredClone(answer));
          return broken ? structuredClone(first.get(key) ?? answer) : answer;
        },
      };
    },
  },
  {
    what: "says with a chosen value when it was read",
    caughtBy: "reading/lasting",
    lab: "choosing",
    spoil: texting((text) => `${text} at ${performance.now()}`),
  },
  {
    what: "does not see that the store has chosen another value",
    caughtBy: "reading/rotated",
    lab: "choosing",
    spoil: changing((record, { name }, store) => {
      const [first] = store.secrets.get(name)?.versions ?? [];
      return first === undefined ? record : { ...record, payload: first.payload };
    }),
  },
  {
    what: "keeps answers while the store has not changed",
    caughtBy: "reading/asks-each-time",
    spoil(source, store, broken) {
      const kept = new Map<string, SecretRecord>();
      const isStill = (name: string, id: string) => {
        const secret = store.secrets.get(name);
        return (
          secret?.denied === false && secret.find("current")?.id === id && secret.find("current")?.disabled === false
        );
      };
      return {
        ...source,
        async read(ref, context) {
          const answer = ref.version === "current" ? kept.get(ref.name) : undefined;
          if (broken && answer !== undefined && isStill(ref.name, answer.version ?? "")) return structuredClone(answer);
          const fresh = await source.read(ref, context);
          if (fresh.failure === undefined && ref.version === "current") kept.set(ref.name, structuredClone(fresh));
          return fresh;
        },
      };
    },
  },
  {
    what: "fetches the fields of a secret one by one",
    caughtBy: "reading/never-torn",
    spoil: reading(async (source, ref, context, store) => {
      const first = await source.read(ref, context);
      if (first.failure !== undefined || !String(first.payload).startsWith('{"username"')) return first;
      await store.request("value", context.signal, ref.name);
      const { password } = JSON.parse(String(recordOf(store, ref).payload));
      return { ...first, payload: JSON.stringify({ ...JSON.parse(String(first.payload)), password }) };
    }),
  },
  {
    what: "gives seconds for milliseconds",
    caughtBy: "reading/times",
    spoil: changing((record) => ({ ...record, createdAt: Math.floor((record.createdAt ?? 0) / 1000) })),
  },
  {
    what: "loses a last byte of 255",
    caughtBy: "binary/all-bytes",
    spoil: changing((record) => {
      const { payload } = record;
      if (typeof payload === "string" || payload.at(-1) !== 0xff) return record;
      return { ...record, payload: payload.slice(0, -1) };
    }),
  },
  {
    what: "takes no bytes for no secret",
    caughtBy: "binary/empty",
    spoil: changing((record) =>
      typeof record.payload !== "string" && record.payload.length === 0 ? { failure: "not-found" } : record,
    ),
  },
  {
    what: "hands out the bytes that it keeps",
    caughtBy: "binary/own-copy",
    spoil: changing((record, { name, version }, store) =>
      typeof record.payload === "string" ? record : { ...record, payload: store.find(name, version).payload },
    ),
  },
  {
    what: "knows the first plane of Unicode alone",
    caughtBy: "unicode/scripts",
    spoil: texting((text) => text.replaceAll(/[\u{10000}-\u{10ffff}]/gu, "?")),
  },
  { what: "normalises", caughtBy: "unicode/not-normalised", spoil: texting((text) => text.normalize("NFC")) },
  {
    what: "drops a byte order mark",
    caughtBy: "unicode/byte-order-mark",
    spoil: texting((text) => text.replace(/^\ufeff/, "")),
  },
  {
    what: "refuses what is exactly as large as may be",
    caughtBy: "limits/at-most",
    spoil: changing((record) => (record.payload.length === 1024 ? { failure: "unsupported" } : record)),
  },
  {
    what: "refuses what is a byte smaller than may be",
    caughtBy: "limits/one-below",
    spoil: changing((record) => (record.payload.length === 1023 ? { failure: "unsupported" } : record)),
  },
  {
    what: "cuts short what is too large",
    caughtBy: "limits/above",
    spoil: reading(async (source, ref, context, store) => {
      const payload = store.secrets.get(ref.name)?.find(ref.version)?.payload ?? "";
      return payload.length <= 1024 ? source.read(ref, context) : { payload: payload.slice(0, 1024) };
    }),
  },
];
