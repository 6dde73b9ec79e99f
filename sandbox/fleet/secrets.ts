import { generateKeyPair, randomBytes } from "node:crypto";
import { promisify } from "node:util";
import { demoPeople } from "./people.ts";
import { generateAgeKey, type AgeKey } from "./sops.ts";

const makeKeyPair = promisify(generateKeyPair);

/** Everything random about one demo fleet, plain JSON: made once, kept with the state. */
export interface FleetSecrets {
  /** Login → personal access token. */
  people: Record<string, string>;
  app: { id: number; installationId: number; clientId: string; clientSecret: string; privateKey: string };
  webhookSecret: string;
  /** Read-only Git credential of the management cluster's Flux. */
  managementGitToken: string;
  /** Read-only Git credential of the workload clusters' Flux. */
  workloadGitToken: string;
  age: AgeKey;
  /** Signs the forge's pushes to Flux's Receiver. */
  receiverToken: string;
  /** Signs Flux's notifications to the portal. */
  portalHmac: string;
}

const token = (prefix: string): string => `${prefix}_${randomBytes(20).toString("hex")}`;

/** Makes the throw-away secrets of a new demo fleet. */
export async function createFleetSecrets(): Promise<FleetSecrets> {
  const { privateKey } = await makeKeyPair("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
  return {
    people: Object.fromEntries(demoPeople.map(({ login }) => [login, token("ghp")])),
    app: {
      id: 1001,
      installationId: 5001,
      clientId: `Iv23${randomBytes(8).toString("hex")}`,
      clientSecret: randomBytes(20).toString("hex"),
      privateKey,
    },
    webhookSecret: randomBytes(24).toString("hex"),
    managementGitToken: token("ghd"),
    workloadGitToken: token("ghd"),
    age: await generateAgeKey(),
    receiverToken: randomBytes(24).toString("hex"),
    portalHmac: randomBytes(24).toString("hex"),
  };
}
