import { expect, test } from "vitest";
import { ask, askText } from "../test/ask.ts";
import { RpcError } from "../test/fake/rpc-error.ts";
import { withGrpc, withRest } from "../test/with-fake.ts";

const advice = (resource: string) => ({ advice: expect.stringContaining(` It was asked for as ${resource}.`) });

test.each([
  ["grpc", withGrpc],
  ["rest", withRest],
] as const)(
  "what is wrong with a secret is said with the project, place and id that were asked for (%s)",
  async (_transport, open) => {
    const { secrets, source } = await open({ location: "europe-west3" });
    const path = "projects/test-project/locations/europe-west3/secrets/mail--smtp";
    expect(await ask(source, "mail/smtp")).toMatchObject({
      failure: "not-found",
      ...advice(`${path}/versions/latest`),
    });
    secrets.put("mail/smtp", "one", "europe-west3");
    expect(await ask(source, "mail/smtp", { label: "stabel" })).toMatchObject({
      failure: "version-not-found",
      ...advice(`${path}/versions/stabel`),
    });
    secrets.setState(path, "DISABLED");
    expect(await ask(source, "mail/smtp")).toMatchObject({ failure: "disabled", ...advice(`${path}/versions/latest`) });
    secrets.setState(path, "DESTROYED");
    expect(await ask(source, "mail/smtp", { id: "1" })).toMatchObject({
      failure: "deleted",
      ...advice(`${path}/versions/1`),
    });
    secrets.denied.add("ListSecretVersions");
    expect(await ask(source, "mail/smtp", "previous")).toMatchObject({ failure: "access-denied", ...advice(path) });
  },
);

test("what is wrong with an alias is looked for where aliases are shown", async () => {
  const { secrets, source } = await withGrpc();
  secrets.put("db", "one");
  expect(await ask(source, "db", { label: "stabel" })).toMatchObject({
    advice: expect.stringContaining("`gcloud secrets describe` its aliases"),
  });
});

test("what is no matter of the secret names none", async () => {
  const { server, source } = await withGrpc();
  for (const status of ["RESOURCE_EXHAUSTED", "UNAVAILABLE", "UNAUTHENTICATED", "UNIMPLEMENTED"] as const) {
    server.fault = new RpcError(status, "");
    expect(JSON.stringify(await ask(source, "db"))).not.toContain("asked for as");
  }
});

test("who asks for an id by a name that is escaped is told how names are written", async () => {
  const { secrets, source } = await withGrpc();
  secrets.put("projects/test-project/secrets/mail--smtp", "one");
  const hint = {
    advice: expect.stringMatching(/secrets\/mail-_2D-smtp\/versions\/latest\. .*a slash stands for `--`/),
  };
  expect(await ask(source, "mail--smtp")).toMatchObject({ failure: "not-found", ...hint });
  secrets.denied.add("AccessSecretVersion");
  expect(await ask(source, "mail--smtp")).toMatchObject({ failure: "access-denied", ...hint });
  expect(await ask(source, "mail/smtp")).toMatchObject({ advice: expect.stringMatching(/latest\.$/) });
  secrets.denied.clear();
  expect(await askText(source, "mail/smtp")).toBe("one");
});
