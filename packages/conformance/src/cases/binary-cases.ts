import { expectPayload, expectRecord } from "../bench/expect.ts";
import type { ConformanceCase } from "../plan/conformance-case.ts";

const allBytes = Uint8Array.from({ length: 256 }, (_, index) => index);

export const binaryCases: readonly ConformanceCase[] = [
  {
    id: "binary/all-bytes",
    says: "All 256 bytes come back as they were put.",
    needs: ["put", "bytes", "binary"],
    async run(bench) {
      const name = bench.name();
      await bench.seed.put(name, allBytes);
      expectPayload(await bench.read(name), allBytes);
    },
  },
  {
    id: "binary/empty",
    says: "Bytes of length 0 are a record without content.",
    needs: ["put", "bytes", "binary", "empty-values"],
    async run(bench) {
      const name = bench.name();
      await bench.seed.put(name, new Uint8Array(0));
      expectPayload(await bench.read(name), "");
    },
  },
  {
    id: "binary/own-copy",
    says: "Bytes that are handed out belong to their reader: to wipe them changes no later answer.",
    needs: ["put", "bytes", "binary"],
    async run(bench) {
      const name = bench.name();
      const bytes = Uint8Array.from([0xff, 0x00, 0xfe, 0x01]);
      await bench.seed.put(name, bytes);
      const { payload } = expectRecord(await bench.read(name));
      if (payload instanceof Uint8Array) payload.fill(0);
      expectPayload(await bench.read(name), bytes, "the read after the first one's bytes were wiped");
    },
  },
];
