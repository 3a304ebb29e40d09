import { expectPayload } from "../bench/expect.ts";
import type { ConformanceCase } from "../plan/conformance-case.ts";

const scripts =
  "Passwört · пароль · συνθηματικό · 密码 · パスワード · كلمة السر · סיסמה · 🔑👩‍🚀🇺🇳 · \u{10ffff} · \u2028\u00a0\u200b";

export const unicodeCases: readonly ConformanceCase[] = [
  {
    id: "unicode/scripts",
    says: "Every script, characters beyond the first plane and invisible ones come back as they were put.",
    needs: ["put"],
    async run(bench) {
      const name = bench.name();
      await bench.seed.put(name, scripts);
      expectPayload(await bench.read(name), scripts);
    },
  },
  {
    id: "unicode/not-normalised",
    says: "One letter and the two characters that look like it stay different.",
    needs: ["put"],
    async run(bench) {
      const [composed, decomposed] = ["caf\u00e9", "cafe\u0301"];
      const [first, second] = [bench.name("composed"), bench.name("decomposed")];
      await bench.seed.put(first, composed);
      await bench.seed.put(second, decomposed);
      expectPayload(await bench.read(first), composed, "the read of one letter");
      expectPayload(await bench.read(second), decomposed, "the read of a letter and its accent");
    },
  },
  {
    id: "unicode/byte-order-mark",
    says: "A byte order mark at the beginning of a value is part of it.",
    needs: ["put"],
    async run(bench) {
      const name = bench.name();
      await bench.seed.put(name, "\ufeffvalue");
      expectPayload(await bench.read(name), "\ufeffvalue");
    },
  },
];
