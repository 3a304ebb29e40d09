import { getEventListeners } from "node:events";
import { expect, test, vi } from "vitest";
import { gcpCalls } from "./gcp-call.ts";
import { gcpFailure } from "./gcp-failures.ts";
import { type GrpcStub, grpcMethods } from "./grpc-methods.ts";
import { withoutStack } from "./without-stack.ts";

const request = { name: "projects/p/secrets/db/versions/latest" };
const parts = { metadata: (headers: object) => headers, detailed: (error: object) => error, clientHeader: "tests" };
const options = (signal: AbortSignal) => ({ signal, timeout: 1000, retry: null, autoPaginate: false }) as const;

test("a call says the resource, its deadline and who calls, and leaves no listener", async () => {
  const access = vi.fn<GrpcStub[string]>((_request, _metadata, _options, done) => {
    queueMicrotask(() => done(null, { name: "one" }));
    return { cancel: () => {} };
  });
  const { signal } = new AbortController();
  const from = Date.now();
  const answer = await grpcMethods(() => ({ accessSecretVersion: access }), parts).accessSecretVersion(
    request,
    options(signal),
  );
  expect(answer).toEqual([{ name: "one" }]);
  const [sent, metadata, { deadline } = { deadline: 0 }] = access.mock.calls[0] ?? [];
  expect(sent).toBe(request);
  expect(metadata).toEqual({
    "x-goog-api-client": "tests",
    "x-goog-request-params": "name=projects%2Fp%2Fsecrets%2Fdb%2Fversions%2Flatest",
  });
  expect(deadline - from).toBeGreaterThanOrEqual(1000);
  expect(deadline - from).toBeLessThan(1500);
  expect(getEventListeners(signal, "abort")).toEqual([]);
});

test("a channel that was closed meanwhile is one without a connection", async () => {
  const closed: GrpcStub = {
    accessSecretVersion: () => {
      throw new Error("Channel has been closed");
    },
  };
  const { signal } = new AbortController();
  const error = await grpcMethods(() => closed, parts)
    .accessSecretVersion(request, options(signal))
    .catch((reason: unknown) => reason);
  expect(gcpFailure(error, gcpCalls.accessSecretVersion)).toMatchObject({
    failure: "unavailable",
    advice: expect.stringContaining("connection"),
  });
  expect(getEventListeners(signal, "abort")).toEqual([]);
});

test("errors have no stack within, and their stack again afterwards", () => {
  const limit = Error.stackTraceLimit;
  expect(withoutStack(() => new Error("one").stack)).toBe("Error: one");
  expect(() =>
    withoutStack(() => {
      throw new Error("two");
    }),
  ).toThrow("two");
  expect(Error.stackTraceLimit).toBe(limit);
});
