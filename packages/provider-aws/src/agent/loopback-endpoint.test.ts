import { expect, test } from "vitest";
import { awsSecretsAgent } from "../index.ts";
import { loopbackEndpoint } from "./loopback-endpoint.ts";

const endpoint = (url: unknown) => loopbackEndpoint(url, 2773, "awsSecretsAgent");

test.each([
  [undefined, "localhost", 2773],
  ["http://localhost:1234", "localhost", 1234],
  ["http://LOCALHOST:1234/", "localhost", 1234],
  ["http://127.0.0.1:1234", "127.0.0.1", 1234],
  ["http://127.9.8.7", "127.9.8.7", 80],
  ["http://127.1:1234", "127.0.0.1", 1234],
  ["http://0x7f.0.0.1:1234", "127.0.0.1", 1234],
  ["http://2130706433:1234", "127.0.0.1", 1234],
  ["http://[::1]:1234", "::1", 1234],
  ["http://[0:0:0:0:0:0:0:1]:1234", "::1", 1234],
])("%s is of the loopback", (url, host, port) => {
  expect(endpoint(url)).toEqual({ host, port });
});

test.each([
  "http://10.0.0.1:2773",
  "http://0.0.0.0:2773",
  "http://128.0.0.1:2773",
  "http://169.254.169.254",
  "http://[::]:2773",
  "http://[::ffff:127.0.0.1]:2773",
  "http://[fe80::1]:2773",
  "http://localhost.example.com:2773",
  "http://localhost.:2773",
  "http://127.0.0.1.example.com:2773",
  "http://evil.example.com:2773",
  "http://ⓛocalhost.example:2773",
  "https://localhost:2773",
  "unix:/run/agent.sock",
  "localhost:2773",
  "http://localhost:2773/path",
  "http://localhost:2773?x=1",
  "http://user@localhost:2773",
  "http://localhost@10.0.0.1:2773",
  "http://localhost:99999",
  "",
  7,
])("%s is refused when the source is made, and not quoted", (url) => {
  const make = () => awsSecretsAgent({ url: url as string });
  expect(make).toThrow(expect.objectContaining({ code: "invalid-options" }));
  expect(make).not.toThrow(/10\.0\.0\.1|evil|user@|unix/);
});
