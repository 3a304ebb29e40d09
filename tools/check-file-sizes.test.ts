import { describe, expect, it } from "vitest";
import { median, tooLong } from "./check-file-sizes.ts";

describe("file sizes", () => {
  it("names each file above 300 lines", () => {
    const lines = new Map([
      ["a.ts", 300],
      ["b.ts", 301],
    ]);
    expect(tooLong(lines)).toEqual([{ at: "b.ts", what: expect.stringContaining("301 lines") }]);
  });

  it("takes the middle one as the median", () => {
    expect(median([90, 10, 20])).toBe(20);
    expect(median([])).toBe(0);
  });
});
