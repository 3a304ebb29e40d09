import { expect, test } from "vitest";
import { parseAnswer as parse } from "./parse-answer.ts";

const asked = { path: ["secret", "data", "a"] };
const parseAnswer = (answer: Parameters<typeof parse>[0]) => parse(answer, asked);

const html = (title: string) => `<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`;
const answerOf = (status: number, text: string, headers = {}) => ({ status, headers, text });

test.each([
  ["nginx", 502, html("502 Bad Gateway")],
  ["nginx, by an error of its own", 500, html("500 Internal Server Error")],
  ["HAProxy", 503, `${html("503 Service Unavailable")}No server is available to handle this request.`],
  ["a load balancer of AWS", 504, html("504 Gateway Time-out")],
  ["Envoy", 503, "upstream connect error or disconnect/reset before headers. reset reason: connection timeout"],
  ["Traefik", 502, "Bad Gateway"],
  ["Caddy, and any proxy in Go", 502, ""],
  ["Kong", 503, '{"message":"failure to get a peer from the ring-balancer"}'],
  ["an API server of Kubernetes", 503, '{"kind":"Status","status":"Failure","reason":"ServiceUnavailable"}'],
  ["Cloudflare", 530, "error code: 1016"],
  ["one that lacks a method", 501, "Not Implemented"],
  ["one whose JSON is a list", 500, "[]"],
])("%s (%i) stands before the server, whose word it is not", (_, status, text) => {
  const said = parseAnswer(answerOf(status, text));
  expect(said).toEqual({
    failure: "unavailable",
    advice: expect.stringMatching(new RegExp(`^Something before the server answered with ${status}, .*may be down`)),
    native: { status },
  });
});

test("how long such a one says to wait is believed", () => {
  const said = parseAnswer(answerOf(503, html("503"), { "retry-after": "7" }));
  expect(said).toMatchObject({ failure: "unavailable", retryAfterMs: 7000 });
});

test.each(["deadline exceeded", "canary"])("an agent or a proxy whose server gives no answer says so: %s", (why) => {
  const text = JSON.stringify({ errors: [`failed to get the response: ${why}`] });
  expect(parseAnswer(answerOf(500, text))).toEqual({
    failure: "unavailable",
    advice: expect.stringMatching(/^The agent or proxy at the address has no answer of the server/),
    native: { status: 500 },
  });
});

test.each([
  ["an error in the server's form", 502, '{"errors":["canary"]}'],
  ["an error without a word", 405, '{"errors":[]}'],
  ["an absence with its metadata", 404, '{"data":{}}'],
])("%s is the server's word", (_, status, text) => {
  expect(parseAnswer(answerOf(status, text))).toMatchObject({ status, asked, body: JSON.parse(text) });
});

test.each([
  [503, { initialized: true, sealed: true, standby: true }, /sealed/],
  [501, { initialized: false, sealed: true, standby: true }, /not initialised/],
  [530, { initialized: true, sealed: false, standby: true, removed_from_cluster: true }, /removed/],
])("its health (%i), passed on for any path, is the server's word too", (status, body, advice) => {
  const said = parseAnswer(answerOf(status, JSON.stringify(body)));
  expect(said).toMatchObject({ failure: "unavailable", advice: expect.stringMatching(advice) });
});

test.each([200, 401, 403, 404])("a page (%i) is no word of the server's, nor an outage of it", (status) => {
  const said = parseAnswer(answerOf(status, html("Sign in")));
  expect(said).toMatchObject({ advice: expect.stringMatching(/^What answered is not a Vault/), native: { status } });
});
