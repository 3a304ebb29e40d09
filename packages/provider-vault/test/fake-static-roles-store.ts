import { type FakeRotation, FakeStaticRoles } from "./fake/fake-static-roles.ts";
import { startFake } from "./fake/start-fake.ts";
import type { ToldStaticRoles } from "./static-roles-harness.ts";

/** The fake's database engine, whose static roles are all rotated in one way. */
export async function fakeStaticRolesStore(rotation: FakeRotation): Promise<ToldStaticRoles> {
  const { vault, server, address } = await startFake();
  const engine = new FakeStaticRoles(rotation, Date.now);
  vault.mounts.set("database/", engine);
  return {
    address,
    token: vault.root.value,
    wire: server,
    rotate: (name, password) => engine.rotate(name, password),
    remove: (name) => void engine.roles.delete(name),
    deny: (name) => vault.deny(`database/static-creds/${name}`),
    end: () => server.close(),
  };
}
