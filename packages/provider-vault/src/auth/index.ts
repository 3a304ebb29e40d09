export { type AppRoleOptions, appRole } from "./app-role.ts";
export { type AwsIamOptions, awsIam } from "./aws-iam.ts";
export { type JwtOptions, jwt } from "./jwt.ts";
export { type KubernetesOptions, kubernetes } from "./kubernetes.ts";
export type { AwsCredentials } from "./sign-caller-identity.ts";
export { type TokenOptions, token } from "./token.ts";
export { tokenFile } from "./token-file.ts";
export type { LoginAnswer, LoginContext, LoginRequest, VaultLogin, VaultToken } from "./vault-login.ts";
export type { WrappedSecretId } from "./wrapped-secret-id.ts";
