import type { SourceHarness } from "@secretsource/conformance";
import type { FaultyServer } from "@secretsource/conformance/wire";
import { faultsOf, requestsOf, startTcpProxy, type TcpProxy, tcpFaults } from "@secretsource/conformance/wire";
import { gcpSecretManager } from "../src/index.ts";
import { FakeSecrets, fakeProject } from "./fake/fake-secrets.ts";
import { type GrpcServer, startGrpcServer } from "./fake/grpc-server.ts";
import { errorAnswer, rpcOf, startRestServer } from "./fake/rest-server.ts";
import { RpcError } from "./fake/rpc-error.ts";

const longest = "n".repeat(255);

const promises = {
  stages: ["current", "previous"],
  versions: true,
  versionIds: true,
  labels: true,
  binary: true,
  mints: false,
  methods: ["probe", "close"],
} as const;

const names = {
  longest,
  strange: [
    "production/myapp/db",
    "a.b@c+d=e f",
    "näme",
    "/",
    "//",
    "..",
    "-",
    "--",
    "-_2F",
    "_",
    "a-/-b",
    "constructor",
    "🔑",
  ],
  alike: [
    "a/b-c",
    "a-b/c",
    "a/b/c",
    "A/B/C",
    "a-b-c",
    "a_b_c",
    "a--b",
    "a/b",
    "a-_2Fb",
    "a-_b",
    "a__b",
    "a.b",
    "a-_2Eb",
  ],
  illegal: [
    `${longest}n`,
    "n/".repeat(86),
    "ä".repeat(32),
    "projects/p",
    "projects/p/secrets/a b",
    "projects/p/secrets/db/versions/1",
  ],
};

const noEmptyValues = {
  what: ["empty-values"],
  because: "Secret Manager refuses a value without content.",
} as const;
const noPending = { what: ["stage", "promote"], because: "Secret Manager has no pending versions." } as const;
const noRollBack = {
  what: ["rollBack"],
  because:
    '`latest` is the version that was added last, so the old value is added again; `newest: "enabled"` can go back.',
} as const;

interface Fake {
  readonly secrets: FakeSecrets;
}

const seed = {
  put: ({ secrets }, name, payload) => secrets.put(name, payload),
  label: ({ secrets }, name, label, id) => secrets.label(name, label, id),
  disable: ({ secrets }, name) => secrets.setState(name, "DISABLED"),
  remove: ({ secrets }, name) => secrets.remove(name),
  deny: ({ secrets }, name) => secrets.deny(name),
} satisfies SourceHarness<Fake>["seed"];

const errors = {
  unauthenticated: new RpcError("UNAUTHENTICATED", "Request had invalid authentication credentials."),
  throttled: new RpcError("RESOURCE_EXHAUSTED", "Quota exceeded."),
  "throttled-with-wait": new RpcError("RESOURCE_EXHAUSTED", "Quota exceeded.", { retryAfterSeconds: 7 }),
  unavailable: new RpcError("UNAVAILABLE", "The service is currently unavailable."),
  "unavailable-with-wait": new RpcError("UNAVAILABLE", "Unavailable.", { retryAfterSeconds: 7 }),
};

interface GrpcStore extends Fake {
  readonly server: GrpcServer;
  readonly proxy: TcpProxy;
}

type Faults<Store> = NonNullable<SourceHarness<Store>["faults"]>;

function grpcFaults(): Faults<GrpcStore> {
  const onTheWay = tcpFaults.map((name) => [name, ({ proxy }: GrpcStore) => proxy.inject(name)] as const);
  const inAnswers = Object.entries(errors).map(
    ([name, error]) =>
      [
        name,
        ({ server }: GrpcStore) => {
          server.fault = error;
        },
      ] as const,
  );
  return {
    ...Object.fromEntries([...onTheWay, ...inAnswers]),
    garbage({ server }) {
      server.fault = Uint8Array.from([0xff, 0xff, 0xff, 0xff]);
    },
    huge({ server }) {
      server.fault = new Uint8Array(100 * 1024 * 1024);
    },
  };
}

export const grpcHarness: SourceHarness<GrpcStore> = {
  name: "gcpSecretManager (gRPC)",
  promises,
  async open() {
    const secrets = new FakeSecrets();
    const server = await startGrpcServer(secrets);
    return { secrets, server, proxy: await startTcpProxy({ port: server.port }) };
  },
  make: ({ proxy }) => gcpSecretManager({ projectId: fakeProject, endpoint: `http://127.0.0.1:${proxy.port}` }),
  async end({ server, proxy }) {
    await proxy.close();
    await server.close();
  },
  seed,
  lacks: [
    noEmptyValues,
    noPending,
    noRollBack,
    {
      what: ["foreign-404", "redirect", "taken-bytes"],
      because: "They are of HTTP; the tests of foreign answers have them.",
    },
    { what: ["credentials"], because: "A token is sent over TLS alone; the tests of leaks have one." },
  ],
  limitBytes: 65_536,
  names,
  faults: grpcFaults(),
  async heal({ server, proxy }) {
    server.fault = undefined;
    await proxy.heal();
  },
  requests: ({ server: { calls } }) => ({
    all: calls.length,
    values: calls.filter(({ method }) => method === "AccessSecretVersion").length,
  }),
};

/** A store that is reached over REST, whatever it is. */
export interface RestStore {
  /** What the source is pointed at: it records, and faults. */
  readonly server: FaultyServer;
}

const token = "ya29.token-of-the-tests";

/** All that is the same whichever server stands behind it. */
export const commonRestHarness = {
  promises,
  make: ({ server }: RestStore) =>
    gcpSecretManager({
      projectId: fakeProject,
      endpoint: server.url,
      transport: "rest",
      authClient: { getRequestHeaders: async () => new Headers({ authorization: `Bearer ${token}` }) },
    }),
  limitBytes: 65_536,
  names,
  ...faultsOf(({ server }: RestStore) => server, {
    instead: Object.fromEntries(Object.entries(errors).map(([name, error]) => [name, errorAnswer(error)])),
  }),
  requests: ({ server }: RestStore) =>
    requestsOf(server, { values: (request) => rpcOf(request).method === "AccessSecretVersion" }),
  credentials: () => [token],
} satisfies Partial<SourceHarness<RestStore>>;

export const commonLacks = [noEmptyValues, noPending] as const;

export const restHarness: SourceHarness<RestStore & Fake> = {
  ...commonRestHarness,
  name: "gcpSecretManager (REST)",
  async open() {
    const secrets = new FakeSecrets();
    return { secrets, server: await startRestServer(secrets) };
  },
  end: ({ server }) => server.close(),
  seed,
  lacks: [...commonLacks, noRollBack],
};
