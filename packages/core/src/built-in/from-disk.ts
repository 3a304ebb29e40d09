// What needs `node:fs`, which takes its time to load: a program that reads no file never loads this. One file, since each
// further one that is loaded by itself parts what the others share into more pieces.
export { readEnvFile } from "./env-file.ts";
export { FileAccess } from "./file-access.ts";
