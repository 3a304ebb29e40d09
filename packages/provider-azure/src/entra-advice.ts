/** What to do about Entra's refusals (https://learn.microsoft.com/entra/identity-platform/reference-error-codes). */
export const entraAdvice: ReadonlyMap<string, string> = new Map([
  ["AADSTS7000215", "The client secret is wrong: give its value, and not the id that the portal shows beside it."],
  [
    "AADSTS7000222",
    "The client secret has expired: make a new one in the app registration, and hand it to the program.",
  ],
  ["AADSTS700016", "The tenant has no application of this client id: check the tenant id and the client id."],
  ["AADSTS90002", "There is no tenant of this id or name: check the tenant id, and the cloud."],
  [
    "AADSTS700024",
    "The assertion's time does not fit: set the machine's clock (NTP, chrony), or renew the workload's token file.",
  ],
  ["AADSTS700027", "The certificate is not registered with the application: upload it to the app registration."],
  [
    "AADSTS70021",
    "No federated credential of the identity matches the workload's token: compare its issuer, subject and audience (namespace and service account).",
  ],
  [
    "AADSTS700211",
    "No federated credential of the identity has the token's issuer: compare it with the cluster's OIDC issuer URL.",
  ],
  [
    "AADSTS700213",
    "No federated credential of the identity has the token's subject: compare namespace and service account.",
  ],
  ["AADSTS53003", "A conditional access policy blocks the identity: its sign-in logs in Entra ID name the policy."],
  ["AADSTS500011", "The tenant does not know Key Vault as a resource: check that `cloud` is the tenant's cloud."],
  ["AADSTS7000112", "The application is disabled: enable its enterprise application in Entra ID."],
]);
