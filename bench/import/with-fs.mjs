import "node:fs";
import "node:fs/promises";
