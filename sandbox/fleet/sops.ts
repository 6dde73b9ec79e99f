import { createCipheriv, createHash, randomBytes } from "node:crypto";
import { armor, Encrypter, generateX25519Identity, identityToRecipient } from "age-encryption";
import { stringify } from "yaml";

/** A throw-away age key pair. */
export interface AgeKey {
  /** `AGE-SECRET-KEY-1…` */
  identity: string;
  /** `age1…` */
  recipient: string;
}

export async function generateAgeKey(): Promise<AgeKey> {
  const identity = await generateX25519Identity();
  return { identity, recipient: await identityToRecipient(identity) };
}

type Tree = { [key: string]: Tree | string };

const encrypted = /^(data|stringData)$/;

/**
 * Encrypts a Kubernetes Secret as `sops --encrypt --age … --encrypted-regex '^(data|stringData)$'` does: values
 * below those keys by AES-256-GCM with the value's path as additional data, the data key by age, and a MAC over all
 * values (sops' aes/cipher.go and sops.go).
 */
export async function sopsEncrypt(secret: Tree, recipient: string, at: Date): Promise<string> {
  const dataKey = randomBytes(32);
  const hash = createHash("sha512");
  const walk = (tree: Tree, path: string[], isSecret: boolean): Tree =>
    Object.fromEntries(
      Object.entries(tree).map(([key, value]): [string, Tree | string] => {
        const own = [...path, key];
        const secretHere = isSecret || encrypted.test(key);
        if (typeof value !== "string") return [key, walk(value, own, secretHere)];
        hash.update(value);
        return [key, secretHere ? encryptValue(value, dataKey, `${own.join(":")}:`) : value];
      }),
    );
  const body = walk(secret, [], false);
  const lastmodified = at.toISOString().replace(/\.\d+Z$/, "Z");
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  const wrapped = armor.encode(await encrypter.encrypt(dataKey));
  const sops = {
    age: [{ recipient, enc: wrapped }],
    lastmodified,
    mac: encryptValue(hash.digest("hex").toUpperCase(), dataKey, lastmodified),
    encrypted_regex: encrypted.source,
    version: "3.11.0",
  };
  return stringify({ ...body, sops }, { lineWidth: 0 });
}

function encryptValue(value: string, key: Buffer, additionalData: string): string {
  if (value === "") return "";
  const iv = randomBytes(32);
  const cipher = createCipheriv("aes-256-gcm", key, iv);
  cipher.setAAD(Buffer.from(additionalData));
  const data = Buffer.concat([cipher.update(value, "utf8"), cipher.final()]);
  const parts = [data, iv, cipher.getAuthTag()].map((part) => part.toString("base64"));
  return `ENC[AES256_GCM,data:${parts[0] ?? ""},iv:${parts[1] ?? ""},tag:${parts[2] ?? ""},type:str]`;
}
