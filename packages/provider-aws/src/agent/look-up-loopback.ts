import type { LookupFunction } from "node:net";

/** `localhost` without asking anybody: a hosts file or a name service may say something else, and would get the token. */
export const lookUpLoopback: LookupFunction = (_name, { all, family }, done) => {
  const addresses = [
    { address: "127.0.0.1", family: 4 },
    { address: "::1", family: 6 },
  ];
  if (all === true) return done(null, addresses);
  const wanted = family === 6 || family === "IPv6" ? "::1" : "127.0.0.1";
  done(null, wanted, wanted === "::1" ? 6 : 4);
};
