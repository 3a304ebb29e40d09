import { writePage } from "./page-file.ts";

writePage();
console.log("docs/conformance.md is written: read its diff.");
