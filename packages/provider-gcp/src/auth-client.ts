/** What proves who we are: an `AuthClient` of `google-auth-library`, such as `JWT`, `Impersonated` or `ExternalAccountClient`. */
export interface GcpAuthClient {
  getRequestHeaders(url?: string | URL): Promise<Headers>;
  /** Where short names are looked for, if neither the options nor the environment say it. */
  readonly projectId?: string | null | undefined;
}
