import { expect, test } from "vitest";
import { conformanceCases } from "../src/cases/conformance-cases.ts";
import { pageAsItOughtToBe, readPage } from "./docs/page-file.ts";

test("docs/conformance.md is up to date: `pnpm docs:update` writes it", () => {
  expect(readPage()).toBe(pageAsItOughtToBe());
});

test("every case has an id of its own, and one sentence or two", () => {
  const ids = conformanceCases.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { id, says } of conformanceCases) {
    expect(id).toMatch(/^[a-z]+\/[a-z0-9]+(?:-[a-z0-9]+)*$/);
    expect(says, id).toMatch(/^[A-Z`].*\.$/);
  }
});
