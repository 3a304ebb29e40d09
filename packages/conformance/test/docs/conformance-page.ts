import { conformanceCases } from "../../src/cases/conformance-cases.ts";
import { faultNames, faults } from "../../src/harness/faults.ts";
import { seedSteps } from "../../src/harness/seed-steps.ts";
import type { SourceHarness } from "../../src/index.ts";
import { groupOf, planOf } from "../../src/plan/plan.ts";
import { planRotation } from "../../src/rotation/rotation-plan.ts";
import { rotationSteps } from "../../src/rotation/rotation-steps.ts";
import { builtInHarnesses } from "../sources/built-in-harnesses.ts";
import { storeHarnesses } from "./store-harnesses.ts";

const allHarnesses = [...builtInHarnesses, ...storeHarnesses];

/** Markers in the page between which everything is made. */
export const begin = "<!-- What follows is made by `pnpm docs:update`. -->";

/** The part of docs/conformance.md that is made: cases, faults, the rotation, and what does not apply to whom. */
export function conformancePage(): string {
  return [...casesPart(), ...faultsPart(), ...rotationPart(), ...leftOutPart(), ""].join("\n");
}

function casesPart(): string[] {
  const groups = [...Map.groupBy(conformanceCases, groupOf)].flatMap(([group, cases]) => [
    `### ${group}`,
    "",
    ...table(
      ["case", "what holds"],
      cases.map(({ id, says }) => [`\`${id}\``, says]),
    ),
    "",
  ]);
  return [`## The ${conformanceCases.length} cases`, "", ...groups];
}

function faultsPart(): string[] {
  const rows = faultNames.map((name) => {
    const { what, codes } = faults[name];
    return [`\`${name}\``, what, codes.map((code) => `\`${code}\``).join(", ") || "the case says"];
  });
  return ["## The faults", "", ...table(["fault", "what happens", "a read says"], rows), ""];
}

function rotationPart(): string[] {
  const rows = rotationSteps.map(({ id, step, insteadPut }) => {
    const otherwise = insteadPut === undefined ? "it is left out" : "the value is put as a new version";
    return [id, seedSteps[step], step === "put" ? "there is no rotation" : otherwise];
  });
  const notAsWritten = allHarnesses
    .filter(({ promises, seed }) => !promises.mints && seed.put !== undefined)
    .flatMap(({ name, ...harness }) =>
      planRotation({ name, ...harness })
        .filter(({ because }) => because !== undefined)
        .map(({ id, does, because = "" }) => [name, id, does === undefined ? "left out" : "another way", because]),
    );
  return [
    "## The rotation",
    "",
    ...table(["step", "the store is to", "where the store lacks it"], rows),
    "",
    "What the stores behind the sources lack:",
    "",
    ...table(["source", "step", "is", "because"], notAsWritten),
    "",
  ];
}

function leftOutPart(): string[] {
  const sources = allHarnesses.flatMap((harness) => [`### ${harness.name}`, "", ...leftOutOf(harness), ""]);
  return ["## What does not apply to whom", "", ...sources];
}

function leftOutOf(harness: SourceHarness<unknown>): string[] {
  const { cases, leftOut } = planOf(conformanceCases, harness);
  const rows = [...Map.groupBy(leftOut, ({ because }) => because)].map(([because, ones]) => [
    because,
    ones.map(({ id }) => `\`${id}\``).join(", "),
  ]);
  return [`${cases.length} cases apply.`, "", ...table(["because", "left out"], rows)];
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(heads), line(heads.map(() => "---")), ...rows.map(line)];
}
