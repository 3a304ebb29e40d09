import { describe, expect, it } from "vitest";
import { hostsInLockfile, tracesIn } from "./check-traces.ts";

const path = (...parts: string[]) => `/${parts.join("/")}`;
const host = ["registry", "npmjs", "org"].join(".");

describe("traces of one machine", () => {
  it.each([
    `cd ${path("work", "main")}`,
    `"${path("home", "ann", "src")}"`,
    `file://${path("root", "x")}`.replace("file://", "see "),
    `https://${host}/x`,
  ])("finds %j and says where it is", (line) => {
    expect(tracesIn("docs/a.md", `fine\n${line}`)).toEqual([{ at: "docs/a.md:2", what: expect.any(String) }]);
  });

  it.each(["/run/secrets/db", "https://example.com/work/main", "./home/ann", "packages/work/x", "/homes"])(
    "leaves %j alone",
    (line) => {
      expect(tracesIn("docs/a.md", line)).toEqual([]);
    },
  );
});

describe("the lockfile", () => {
  it("is refused when it names where a package came from", () => {
    const pinned = "resolution: {integrity: sha512-x, tarball: https://example.com/x.tgz}";
    expect(hostsInLockfile("lock", `a\n${pinned}`)).toEqual([{ at: "lock:2", what: expect.any(String) }]);
    expect(hostsInLockfile("lock", "resolution: {integrity: sha512-x}\ndeprecated: see https://example.com")).toEqual(
      [],
    );
  });
});
