import type { FaultyServer } from "@secretsource/conformance/wire";
import { failWith, type Input, startJsonService } from "./json-service.ts";

// What the service does, as documented in https://docs.aws.amazon.com/systems-manager/latest/APIReference/ (below in
// brackets: the page) and in the user guide of Parameter Store.

type Type = "String" | "StringList" | "SecureString";

interface Version {
  readonly number: number;
  readonly value: string;
  readonly type: Type;
  readonly labels: Set<string>;
  readonly modifiedAt: number;
}

interface Parameter {
  readonly name: string;
  readonly versions: Version[];
  expires?: string;
}

interface ReferredSecret {
  readonly id: string;
  readonly value: string | Uint8Array;
  readonly trouble: "denied" | "deleted" | undefined;
}

const dependencyFailed = "An error occurred while calling one AWS dependency service.";
const account = "123456789012";
const region = "eu-west-1";
const keyRefused = `User: arn:aws:sts::${account}:assumed-role/app/i-1 is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:${region}:${account}:key/11111111-2222-3333-4444-555555555555 because no identity-based policy allows the kms:Decrypt action`;
const longestValue = 4096;

/** Parameter Store on the wire, with what its administrator does as methods. */
export class FakeParameterStore {
  readonly #parameters = new Map<string, Parameter>();
  readonly #secrets = new Map<string, ReferredSecret>();
  readonly #denied = new Set<string>();
  /** What has been asked for permission so far, as IAM knows it. */
  readonly permissions = new Set<string>();
  /** SecureStrings are encrypted with a key of the account's own: whoever decrypts them needs permission for it. */
  hasOwnKey = false;
  /** Called before each page of a tree is answered, with its number from 0 on. */
  beforePage: (page: number) => void = () => {};
  #server: FaultyServer | undefined;

  static async start(): Promise<FakeParameterStore> {
    const fake = new FakeParameterStore();
    fake.#server = await startJsonService("ssm", {
      GetParameter: (input) => fake.#getParameter(input),
      GetParameters: (input) => fake.#getParameters(input),
      GetParametersByPath: (input) => fake.#getParametersByPath(input),
      DescribeParameters: (input) => fake.#describeParameters(input),
    });
    return fake;
  }

  get server(): FaultyServer {
    return this.#server as FaultyServer;
  }

  /** PutParameter with Overwrite: a new version, one more than the last. */
  put(name: string, value: string, type: Type = "SecureString"): string {
    // The name's length counts with the ARN before it (API_PutParameter, Name); a standard value has up to 4 KB.
    if (arnOf(name).length > 1011) failWith("ValidationException", "The name is too long.");
    const size = Buffer.byteLength(value);
    if (size === 0 || size > longestValue) failWith("ValidationException", "The value is too short or too long.");
    const parameter = this.#parameters.get(name) ?? { name, versions: [] };
    this.#parameters.set(name, parameter);
    const number = (parameter.versions.at(-1)?.number ?? 0) + 1;
    parameter.versions.push({ number, value, type, labels: new Set(), modifiedAt: Date.now() });
    return String(number);
  }

  /** LabelParameterVersion: a label is at one version only. */
  label(name: string, label: string, id: string): void {
    const { versions } = this.#parameters.get(name) ?? failWith("ParameterNotFound", "");
    for (const { labels } of versions) labels.delete(label);
    versions.find(({ number }) => String(number) === id)?.labels.add(label);
  }

  /** DeleteParameter: at once, and for good. */
  remove(name: string): void {
    this.#parameters.delete(name);
  }

  /** PutParameter with an expiration policy (advanced tier). */
  expires(name: string, timestamp: string): void {
    const parameter = this.#parameters.get(name);
    if (parameter !== undefined) parameter.expires = timestamp;
  }

  /** A secret of Secrets Manager, for references. */
  putSecret(name: string, value: string | Uint8Array, id: string, trouble?: ReferredSecret["trouble"]): void {
    this.#secrets.set(name, { id, value, trouble });
  }

  deny(action: string, name = "*"): void {
    this.#denied.add(`${action} ${name}`);
  }

  arnOf(name: string): string {
    return arnOf(name);
  }

  #check(action: string, name: string): void {
    this.permissions.add(`ssm:${action}`);
    if (!this.#denied.has(`${action} ${name}`) && !this.#denied.has(`${action} *`)) return;
    const full = `ssm:${action}`;
    failWith(
      "AccessDeniedException",
      `User: arn:aws:sts::${account}:assumed-role/app/i-1 is not authorized to perform: ${full} on resource: ${arnOf(name)} because no identity-based policy allows the ${full} action`,
    );
  }

  /** By KMS, in the caller's name (https://docs.aws.amazon.com/kms/latest/developerguide/services-parameter-store.html). */
  #decrypt(isSecure: boolean, decrypted: unknown): void {
    if (!this.hasOwnKey || !isSecure || decrypted !== true) return;
    this.permissions.add("kms:Decrypt");
    if (this.#denied.has("Decrypt *")) failWith("AccessDeniedException", keyRefused);
  }

  /** `name`, `name:3` or `name:label`, and the ARN in place of the name (API_GetParameter, Name). */
  #select(action: string, asked: string, decrypted: unknown): object {
    const bare = asked.replace(/^arn:aws:ssm:[^:]*:[^:]*:parameter/, "");
    const [name = "", selector] = bare.split(":");
    this.#check(action, name);
    const [, secret] = /^\/aws\/reference\/secretsmanager\/(.+)$/.exec(name) ?? [];
    if (secret !== undefined) return this.#reference(name, secret, selector, decrypted);
    const parameter = this.#parameters.get(name) ?? failWith("ParameterNotFound", "");
    const version =
      selector === undefined
        ? parameter.versions.at(-1)
        : parameter.versions.find(({ number, labels }) => String(number) === selector || labels.has(selector));
    if (version === undefined) failWith("ParameterVersionNotFound", `Systems Manager could not find ${selector}.`);
    this.#decrypt(version.type === "SecureString", decrypted);
    return {
      ...shown(parameter.name, version, decrypted),
      ...(selector !== undefined && { Selector: `:${selector}` }),
    };
  }

  /**
   * https://docs.aws.amazon.com/systems-manager/latest/userguide/integration-ps-secretsmanager.html, in the words of
   * https://github.com/floci-io/floci, measured in September 2026.
   */
  #reference(name: string, secretName: string, selector: string | undefined, decrypted: unknown): object {
    if (decrypted !== true)
      failWith("ValidationException", "WithDecryption flag must be True for retrieving a secret.");
    this.permissions.add("secretsmanager:GetSecretValue");
    const secret = this.#secrets.get(secretName);
    if (this.hasOwnKey) this.permissions.add("kms:Decrypt");
    const isDenied = this.#denied.has("GetSecretValue *") || this.#denied.has("Decrypt *");
    if (secret?.trouble === "denied" || isDenied) failWith("ValidationException", dependencyFailed);
    if (secret === undefined || ![undefined, secret.id, "AWSCURRENT"].includes(selector)) {
      const what = `${name.slice(1)}${selector === undefined ? "null" : `:${selector}`}`;
      const sentence = "An error occurred (ParameterNotFound) when referencing Secrets Manager: Secret";
      failWith("ParameterNotFound", `${sentence} ${what} not found.`);
    }
    if (secret.trouble === "deleted") failWith("ValidationException", "Invalid Request to Secrets Manager");
    const { id, value } = secret;
    const SourceResult = JSON.stringify({
      name: secretName,
      versionId: id,
      versionStages: ["AWSCURRENT"],
      ...shownIn(value),
    });
    return {
      ...{ Name: name, Type: "SecureString", Version: 0, SourceResult, LastModifiedDate: 1 },
      ...(typeof value === "string" && { Value: value }),
      ...(selector !== undefined && { Selector: `:${selector}` }),
    };
  }

  #getParameter({ Name, WithDecryption }: Input): object {
    return { Parameter: this.#select("GetParameter", String(Name), WithDecryption) };
  }

  /** At most 10; what is not there is listed, and in no order (API_GetParameters). One denial denies all of it. */
  #getParameters({ Names, WithDecryption }: Input): object {
    const names = Names as readonly string[];
    if (names.length < 1 || names.length > 10 || new Set(names).size < names.length)
      failWith("ValidationException", "");
    const answers = names.map((name) => {
      try {
        return [name, this.#select("GetParameters", name, WithDecryption)] as const;
      } catch (error) {
        if (isOfAll(error)) throw error;
        return [name, undefined] as const;
      }
    });
    return {
      Parameters: answers.flatMap(([, found]) => found ?? []).reverse(),
      InvalidParameters: answers.flatMap(([name, found]) => (found === undefined ? [name] : [])),
    };
  }

  /** Pages of at most 10, of which any may be empty and have one after it (API_GetParametersByPath, MaxResults, NextToken). */
  #getParametersByPath({ Path, Recursive, WithDecryption, MaxResults, NextToken = "0" }: Input): object {
    const path = String(Path);
    this.#check("GetParametersByPath", path);
    if (!(typeof MaxResults === "number" && MaxResults >= 1 && MaxResults <= 10)) failWith("ValidationException", "");
    const page = Number(NextToken);
    this.beforePage(page);
    const start = path === "/" ? path : `${path}/`;
    const below = [...this.#parameters.values()].filter(({ name }) => name.startsWith(start));
    const listed = below.filter(({ name }) => Recursive === true || !name.slice(start.length).includes("/"));
    // The first page of several is empty: a client that stops there has seen nothing.
    const from = listed.length > 10 ? (page - 1) * 10 : page * 10;
    const shownHere = from < 0 ? [] : listed.slice(from, from + 10);
    for (const { versions } of shownHere) this.#decrypt(versions.at(-1)?.type === "SecureString", WithDecryption);
    const isLast = Math.max(from, 0) + (from < 0 ? 0 : 10) >= listed.length;
    return {
      Parameters: shownHere.map(({ name, versions }) => shown(name, versions.at(-1) as Version, WithDecryption)),
      ...(!isLast && { NextToken: String(page + 1) }),
    };
  }

  /** No values (API_DescribeParameters). */
  #describeParameters({ ParameterFilters }: Input): object {
    const [{ Values = [] } = {}] = ParameterFilters as { readonly Values?: readonly string[] }[];
    this.#check("DescribeParameters", Values[0] ?? "");
    const parameter = this.#parameters.get(Values[0] ?? "");
    if (parameter === undefined) return { Parameters: [] };
    const { name, versions, expires } = parameter;
    const text = JSON.stringify({ Type: "Expiration", Version: "1.0", Attributes: { Timestamp: expires } });
    const policies =
      expires === undefined ? [] : [{ PolicyText: text, PolicyType: "Expiration", PolicyStatus: "Pending" }];
    return { Parameters: [{ Name: name, Version: versions.at(-1)?.number, Policies: policies }] };
  }
}

function arnOf(name: string): string {
  return `arn:aws:ssm:${region}:${account}:parameter${name.startsWith("/") ? "" : "/"}${name}`;
}

/** A SecureString is the ciphertext without decryption (API_GetParameter, WithDecryption). */
function shown(name: string, { number, value, type, modifiedAt }: Version, decrypted: unknown): object {
  const hidden = type === "SecureString" && decrypted !== true;
  return {
    Name: name,
    ARN: arnOf(name),
    Type: type,
    Value: hidden ? Buffer.from("ciphertext").toString("base64") : value,
    Version: number,
    LastModifiedDate: modifiedAt / 1000,
    DataType: "text",
  };
}

/** A denial of one, by either service, is the whole request's. */
function isOfAll(error: unknown): boolean {
  const { answer } = error as { readonly answer?: { readonly body?: unknown } };
  return String(error).includes("AccessDenied") || String(answer?.body).includes(dependencyFailed);
}

function shownIn(value: string | Uint8Array): object {
  return typeof value === "string" ? { secretString: value } : { secretBinary: { hb: [...value] } };
}
