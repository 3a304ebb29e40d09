import { generateKeyPair, randomBytes } from "node:crypto";
import { isIP } from "node:net";
import { promisify } from "node:util";
import type { pki } from "node-forge";

/** PEM, both. */
export interface WireCertificate {
  readonly key: string;
  readonly cert: string;
}

export interface IssueOptions {
  /** DNS names and IP addresses of a server. Default: `["localhost", "127.0.0.1"]`. */
  readonly hosts?: readonly string[];
  /** The subject's common name. Default: the first host. */
  readonly commonName?: string;
  /** For a client to show. Default: for a server. */
  readonly client?: boolean;
  /** Epoch ms. Default: from yesterday until tomorrow. */
  readonly validFrom?: number;
  readonly validUntil?: number;
}

/** Whoever trusts its certificate trusts those that it issues. */
export interface CertificateAuthority {
  /** Its own certificate, PEM: what a client takes as `ca`. */
  readonly ca: string;
  issue(options?: IssueOptions): Promise<WireCertificate>;
}

const dayMs = 24 * 60 * 60 * 1000;
const makeKeys = promisify(generateKeyPair);

/** Makes a certificate authority that is known to nobody else and forgotten at the end of the process. */
export async function makeAuthority(commonName = "A test's own authority"): Promise<CertificateAuthority> {
  // Only who needs certificates loads what makes them.
  const { default: forge } = await import("node-forge");
  const own = await newKeys();
  const self = [{ name: "commonName", value: commonName }];

  async function newKeys() {
    const { privateKey, publicKey } = await makeKeys("rsa", {
      modulusLength: 2048,
      privateKeyEncoding: { type: "pkcs1", format: "pem" },
      publicKeyEncoding: { type: "spki", format: "pem" },
    });
    return {
      pem: privateKey,
      privateKey: forge.pki.privateKeyFromPem(privateKey),
      publicKey: forge.pki.publicKeyFromPem(publicKey),
    };
  }

  function sign(
    publicKey: pki.PublicKey,
    subject: pki.CertificateField[],
    extensions: object[],
    options: IssueOptions,
  ) {
    const certificate = forge.pki.createCertificate();
    certificate.publicKey = publicKey;
    // Positive, and without zeros in front: with two of them it would be refused, which happened once in 512 times.
    certificate.serialNumber = `01${randomBytes(16).toString("hex")}`;
    certificate.validity.notBefore = new Date(options.validFrom ?? Date.now() - dayMs);
    certificate.validity.notAfter = new Date(options.validUntil ?? Date.now() + dayMs);
    certificate.setSubject(subject);
    certificate.setIssuer(self);
    certificate.setExtensions(extensions);
    certificate.sign(own.privateKey, forge.md.sha256.create());
    return forge.pki.certificateToPem(certificate);
  }

  const ca = sign(
    own.publicKey,
    self,
    [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
      { name: "subjectKeyIdentifier" },
    ],
    {},
  );

  return {
    ca,
    async issue(options = {}) {
      const { hosts = options.client ? [] : ["localhost", "127.0.0.1"], commonName = hosts[0] ?? "client" } = options;
      const keys = await newKeys();
      // 2 is a DNS name, 7 an address.
      const altNames = hosts.map((host) => (isIP(host) ? { type: 7, ip: host } : { type: 2, value: host }));
      const extensions = [
        { name: "basicConstraints", cA: false, critical: true },
        { name: "keyUsage", digitalSignature: true, keyEncipherment: true, critical: true },
        { name: "extKeyUsage", serverAuth: !options.client, clientAuth: options.client === true },
        ...(altNames.length > 0 ? [{ name: "subjectAltName", altNames }] : []),
      ];
      const cert = sign(keys.publicKey, [{ name: "commonName", value: commonName }], extensions, options);
      return { key: keys.pem, cert };
    },
  };
}
