type Section = Readonly<Record<string, string | undefined>>;

/**
 * The endpoint that the variables name, or else this profile
 * (https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html). The SDK, of a client that was given a profile,
 * takes region and keys from it, and the endpoint from that of AWS_PROFILE or from the default one.
 *
 * @param serviceId As the SDK writes it: "Secrets Manager".
 */
export async function configuredEndpoint(serviceId: string, profile: string): Promise<string | undefined> {
  // Not by a static import: of a bundle that leaves it to the machine, as is usual for Lambda, every start would need it there.
  const { booleanSelector, CONFIG_PREFIX_SEPARATOR, loadConfig, SelectorType } = await import("@smithy/core/config");
  const isIgnored = loadConfig(
    {
      environmentVariableSelector: (env) =>
        booleanSelector(env, "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", SelectorType.ENV),
      configFileSelector: (section) => booleanSelector(section, "ignore_configured_endpoint_urls", SelectorType.CONFIG),
      default: false,
    },
    { profile },
  );
  if (await isIgnored()) return undefined;
  const endpoint = loadConfig<string | undefined>(
    {
      environmentVariableSelector: (env) =>
        env[`AWS_ENDPOINT_URL_${written(serviceId).toUpperCase()}`] || env.AWS_ENDPOINT_URL,
      configFileSelector: (section, file) =>
        endpointIn(section, file, written(serviceId).toLowerCase(), CONFIG_PREFIX_SEPARATOR),
      default: undefined,
    },
    { profile },
  );
  return endpoint();
}

function endpointIn(
  section: Section,
  file: Readonly<Record<string, Section>> = {},
  service: string,
  separator: string,
): string | undefined {
  const key = (...parts: readonly string[]) => parts.join(separator);
  const services = section.services === undefined ? undefined : file[key("services", section.services)];
  return services?.[key(service, "endpoint_url")] || section.endpoint_url || undefined;
}

function written(serviceId: string): string {
  return serviceId.replaceAll(" ", "_");
}
