import type { SourceHarness } from "@secretsource/conformance";
import { awsSecretsManager } from "../src/index.ts";
import { FakeSecretsManager } from "./fake-secrets-manager.ts";
import { testCredentials } from "./json-service.ts";

const longest = "n".repeat(512);

export const secretsManagerHarness: SourceHarness<FakeSecretsManager> = {
  name: "awsSecretsManager",
  promises: {
    stages: ["current", "previous", "pending"],
    versions: true,
    versionIds: true,
    labels: true,
    binary: true,
    mints: false,
    methods: ["close"],
  },
  async open() {
    const fake = new FakeSecretsManager();
    await fake.service.listen();
    return fake;
  },
  make: ({ service }) =>
    awsSecretsManager({ region: "eu-west-1", endpoint: service.url, credentials: testCredentials }),
  end: ({ service }) => service.close(),
  seed: {
    put: (fake, name, payload) => fake.put(name, payload),
    stage: (fake, name, payload) => fake.stage(name, payload),
    promote: (fake, name) => fake.promote(name),
    rollBack: (fake, name) => fake.rollBack(name),
    label: (fake, name, label, id) => fake.label(name, label, id),
    remove: (fake, name) => fake.remove(name),
    deny: (fake, name) => fake.deny(name),
  },
  lacks: [
    { what: ["disable"], because: "Secrets Manager has no disabled versions." },
    { what: ["empty-values"], because: "Secrets Manager refuses a value without content." },
    {
      what: ["redirect", "slow", "trickle", "half-answer", "huge", "reset-before"],
      because: "To come.",
    },
  ],
  limitBytes: 65_536,
  names: {
    longest,
    strange: ["production/myapp/db", "a/b_c+d=e.f@g-h", "/", "//", "..", ".", "constructor", "-", "a-b-abcdef"],
    alike: ["a/b-c", "a-b/c", "a/b/c", "A/B/C", "a-b-c", "a_b_c"],
    illegal: ["a b", "näme", "a:b", "a%2Fb", "a\\b", `${longest}n`, "🔑"],
  },
  faults: {
    down: ({ service }) => service.close(),
    unauthenticated({ service }) {
      service.fault = (_request, response) =>
        void response.writeHead(400).end('{"__type":"ExpiredTokenException","message":"expired"}');
    },
    garbage({ service }) {
      service.fault = (_request, response) => void response.writeHead(200).end('{"SecretString": "x');
    },
    hang({ service }) {
      service.fault = () => {};
    },
    "reset-after"({ service }) {
      service.fault = (request) => void request.socket.resetAndDestroy();
    },
    throttled({ service }) {
      service.fault = (_request, response) => void response.writeHead(429).end();
    },
    "throttled-with-wait"({ service }) {
      service.fault = (_request, response) => void response.writeHead(429, { "retry-after": "7" }).end();
    },
    unavailable({ service }) {
      service.fault = (_request, response) => void response.writeHead(503).end();
    },
    "unavailable-with-wait"({ service }) {
      service.fault = (_request, response) => void response.writeHead(503, { "retry-after": "7" }).end();
    },
    "foreign-404"({ service }) {
      service.fault = (_request, response) => void response.writeHead(404).end("<html>not here</html>");
    },
  },
  heal({ service }) {
    service.fault = undefined;
  },
  requests({ service }) {
    const values = service.requests.filter(({ operation }) => operation.endsWith("Value"));
    return { all: service.requests.length, values: values.length };
  },
  credentials: () => [testCredentials.secretAccessKey],
};
