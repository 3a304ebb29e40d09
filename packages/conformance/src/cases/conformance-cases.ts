import type { ConformanceCase } from "../plan/conformance-case.ts";
import { abortCases } from "./abort-cases.ts";
import { absenceCases } from "./absence-cases.ts";
import { batchCases } from "./batch-cases.ts";
import { binaryCases } from "./binary-cases.ts";
import { closeCases } from "./close-cases.ts";
import { concurrencyCases } from "./concurrency-cases.ts";
import { deadlineCases } from "./deadline-cases.ts";
import { faultCases } from "./fault-cases.ts";
import { honestyCases } from "./honesty-cases.ts";
import { labelCases } from "./label-cases.ts";
import { leakCases } from "./leak-cases.ts";
import { leaseCases } from "./lease-cases.ts";
import { limitCases } from "./limit-cases.ts";
import { nameCases } from "./name-cases.ts";
import { probeCases } from "./probe-cases.ts";
import { readingCases } from "./reading-cases.ts";
import { shapeCases } from "./shape-cases.ts";
import { stageCases } from "./stage-cases.ts";
import { unicodeCases } from "./unicode-cases.ts";
import { versionCases } from "./version-cases.ts";
import { watchCases } from "./watch-cases.ts";

/** Every case of the suite, group by group. */
export const conformanceCases: readonly ConformanceCase[] = [
  ...shapeCases,
  ...honestyCases,
  ...readingCases,
  ...absenceCases,
  ...versionCases,
  ...stageCases,
  ...labelCases,
  ...batchCases,
  ...binaryCases,
  ...unicodeCases,
  ...nameCases,
  ...limitCases,
  ...leaseCases,
  ...probeCases,
  ...watchCases,
  ...abortCases,
  ...deadlineCases,
  ...faultCases,
  ...leakCases,
  ...closeCases,
  ...concurrencyCases,
];
