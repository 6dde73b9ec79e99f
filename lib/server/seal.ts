import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from "node:crypto";

/** Encrypts secrets at rest (AES-256-GCM). A sealed value names its key, so that keys can be rotated. */
export interface Seal {
  close(plain: string): string;
  /** Throws where no configured key sealed the text. */
  open(sealed: string): string;
  /** Was it sealed with today's key? What was not is sealed again when it is next used. */
  isCurrent(sealed: string): boolean;
}

interface Key {
  id: string;
  bytes: Buffer;
}

const derive = (secret: string, purpose: string, length: number): Buffer =>
  Buffer.from(hkdfSync("sha256", secret, "fleetwright", purpose, length));

const keyOf = (secret: string): Key => ({
  id: derive(secret, "seal-key-id", 6).toString("base64url"),
  bytes: derive(secret, "seal-v1", 32),
});

/**
 * Keys are derived from FLEETWRIGHT_SECRET, which seals, and from the secrets before it, which only open. The form is
 * `v2.<key id>.<iv, tag and text>`; `v1.<…>`, of the time before there were ids, is tried with every key.
 */
export function openSeal(secret: string, earlier: readonly string[] = []): Seal {
  const current = keyOf(secret);
  const keys = [current, ...earlier.map(keyOf)];
  return {
    close(plain) {
      const iv = randomBytes(12);
      const cipher = createCipheriv("aes-256-gcm", current.bytes, iv);
      cipher.setAAD(Buffer.from(current.id));
      const body = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
      return `v2.${current.id}.${Buffer.concat([iv, cipher.getAuthTag(), body]).toString("base64url")}`;
    },
    open(sealed) {
      const [version, ...rest] = sealed.split(".");
      if (version === "v1" && rest[0] !== undefined) return openWithAny(keys, rest[0]);
      const [id, body] = rest;
      if (version !== "v2" || id === undefined || body === undefined) throw new Error("not a sealed value");
      const key = keys.find((one) => one.id === id);
      if (!key) throw new Error(`sealed with the key ${id}, which is not configured`);
      return decipher(key.bytes, body, Buffer.from(id));
    },
    isCurrent: (sealed) => sealed.startsWith(`v2.${current.id}.`),
  };
}

function decipher(key: Buffer, body: string, aad?: Buffer): string {
  const bytes = Buffer.from(body, "base64url");
  const cipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, 12), { authTagLength: 16 });
  if (aad) cipher.setAAD(aad);
  cipher.setAuthTag(bytes.subarray(12, 28));
  return Buffer.concat([cipher.update(bytes.subarray(28)), cipher.final()]).toString("utf8");
}

function openWithAny(keys: readonly Key[], body: string): string {
  for (const { bytes } of keys) {
    try {
      return decipher(bytes, body);
    } catch {
      // Another key's.
    }
  }
  throw new Error("sealed with a key that is not configured");
}

/** What the database keeps of a session cookie: a leaked table signs nobody in. */
export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
