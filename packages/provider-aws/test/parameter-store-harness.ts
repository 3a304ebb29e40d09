import type { SourceHarness } from "@secretsource/conformance";
import { type FaultyServer, faultsOf, requestsOf } from "@secretsource/conformance/wire";
import { awsParameterStore } from "../src/index.ts";
import { FakeParameterStore } from "./fake-parameter-store.ts";
import { errorAnswer, testCredentials } from "./json-service.ts";

type Promised<T> = T | Promise<T>;

/** What the administrator of a Parameter Store does, of the fake or of a server. */
export interface ParameterStoreStore {
  /** What the source is pointed at: it records, and faults. */
  readonly front: FaultyServer;
  put(name: string, value: string): Promised<string>;
  label(name: string, label: string, id: string): Promised<void>;
  remove(name: string): Promised<void>;
  end(): Promise<void>;
}

// With the ARN before it, a name has at most 1,011 characters.
const longest = `/${"n".repeat(1011 - "arn:aws:ssm:eu-west-1:123456789012:parameter/".length)}`;

/** All that is the same whichever server stands behind it. */
export const commonParameterHarness = {
  promises: {
    stages: ["current"],
    versions: true,
    versionIds: true,
    labels: true,
    binary: false,
    mints: false,
    methods: ["batch", "close"],
  },
  make: ({ front }: ParameterStoreStore) =>
    awsParameterStore({ region: "eu-west-1", endpoint: front.url, credentials: testCredentials }),
  end: (store: ParameterStoreStore) => store.end(),
  // The suite's names: a path of two levels.
  nameOf: (plain: string) => `/conformance/${plain}`,
  limitBytes: 4096,
  names: {
    longest,
    strange: [
      "/production/myapp/db",
      "plain",
      "a.b_c-d",
      "/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o",
      "/constructor",
      "-",
      "/A/a",
    ],
    alike: ["/a/b-c", "/a-b/c", "/a/b/c", "/A/B/C", "a-b-c", "a_b_c"],
    illegal: [
      "a b",
      "/näme",
      "/a:3",
      "/a%2Fb",
      "/a//b",
      "/aws/x",
      "/SSM-x",
      "aws.x",
      `/${"n".repeat(1011)}`,
      "/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16",
    ],
  },
  ...faultsOf(({ front }: ParameterStoreStore) => front, {
    instead: {
      unauthenticated: errorAnswer("ExpiredTokenException", "The security token included in the request is expired"),
      throttled: errorAnswer("ThrottlingException", "Rate exceeded"),
    },
  }),
  requests: ({ front }: ParameterStoreStore) => requestsOf(front),
  credentials: () => [testCredentials.secretAccessKey],
} satisfies Partial<SourceHarness<ParameterStoreStore>>;

export const commonParameterLacks = [
  {
    what: ["stage", "promote", "rollBack"],
    because: "Parameter Store counts versions and has no stages: the newest is the current one.",
  },
  { what: ["disable"], because: "Parameter Store has no disabled versions." },
  { what: ["empty-values"], because: "Parameter Store refuses a value without content." },
  { what: ["bytes"], because: "Parameter Store keeps texts alone." },
] as const;

export const commonParameterSeed = {
  put: (store, name, payload) => store.put(name, String(payload)),
  label: (store, name, label, id) => store.label(name, label, id),
  remove: (store, name) => store.remove(name),
} satisfies SourceHarness<ParameterStoreStore>["seed"];

interface FakeStore extends ParameterStoreStore {
  readonly fake: FakeParameterStore;
}

export const parameterStoreHarness: SourceHarness<FakeStore> = {
  ...commonParameterHarness,
  name: "awsParameterStore",
  async open() {
    const fake = await FakeParameterStore.start();
    return {
      fake,
      front: fake.server,
      put: (name, value) => fake.put(name, value),
      label: (name, label, id) => fake.label(name, label, id),
      remove: (name) => fake.remove(name),
      end: () => fake.server.close(),
    };
  },
  seed: {
    ...commonParameterSeed,
    deny({ fake }, name) {
      fake.deny("GetParameter", name);
      fake.deny("GetParameters", name);
    },
    denyBatch: ({ fake }) => fake.deny("GetParameters"),
  },
  lacks: [...commonParameterLacks],
};
