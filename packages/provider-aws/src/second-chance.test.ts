import { expect, test } from "vitest";
import { ask } from "../test/ask.ts";
import { errorAnswer, testCredentials } from "../test/json-service.ts";
import { withFake } from "../test/with-fake.ts";

const skewed = (date: Date) => ({
  ...errorAnswer(
    "InvalidSignatureException",
    "Signature expired: 20260101T000000Z is now earlier than 20260101T001000Z",
  ),
  headers: { date: date.toUTCString() },
});
const expired = errorAnswer("ExpiredTokenException", "The security token included in the request is expired");

test("a machine whose clock is wrong is told the time by the refusal, and is accepted", async () => {
  const { fake, server, source } = await withFake();
  fake.put("db", "1");
  await server.inject(skewed(new Date(Date.now() + 600_000)), { times: 1 });
  expect(await ask(source, "db")).toMatchObject({ payload: "1" });
  expect(server.requests).toHaveLength(2);
  await ask(source, "db");
  expect(server.requests).toHaveLength(3);
});

test("a signature that is refused although the clock is right is not sent again", async () => {
  const { server, source } = await withFake();
  await server.inject(skewed(new Date()));
  expect(await ask(source, "db")).toMatchObject({
    failure: "unauthenticated",
    advice: expect.stringContaining("clock"),
  });
  expect(server.requests).toHaveLength(1);
});

test("two refusals for the clock are enough", async () => {
  const { server, source } = await withFake();
  await server.inject(skewed(new Date(Date.now() + 600_000)));
  expect(await ask(source, "db")).toMatchObject({ failure: "unauthenticated" });
  expect(server.requests).toHaveLength(2);
});

test("expired credentials are asked for anew, and sent if they are others", async () => {
  let issued = 0;
  const credentials = async () => {
    issued += 1;
    return { ...testCredentials, sessionToken: `token-${issued}` };
  };
  const { fake, server, source } = await withFake({ credentials });
  fake.put("db", "1");
  await server.inject(expired, { times: 1 });
  expect(await ask(source, "db")).toMatchObject({ payload: "1" });
  expect(server.requests.map(({ headers }) => headers["x-amz-security-token"])).toEqual(["token-1", "token-2"]);
});

test("the same credentials are not sent again", async () => {
  const { server, source } = await withFake();
  await server.inject(expired);
  expect(await ask(source, "db")).toMatchObject({
    failure: "unauthenticated",
    advice: expect.stringContaining("expired"),
  });
  expect(server.requests).toHaveLength(1);
});
