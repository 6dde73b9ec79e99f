import { createHash, randomBytes } from "node:crypto";

interface Grant {
  login: string;
  redirectUri: string;
  codeChallenge: string | null;
  expiresAt: number;
}

const tenMinutesMs = 600_000;

/** Authorization codes: in memory, ten minutes, one use. */
export class OauthCodes {
  readonly #grants = new Map<string, Grant>();

  /** A fresh code for a person who agreed. */
  issue(grant: Omit<Grant, "expiresAt">): string {
    const code = randomBytes(10).toString("hex");
    this.#grants.set(code, { ...grant, expiresAt: Date.now() + tenMinutesMs });
    return code;
  }

  /** Takes a code out of circulation; null when unknown, spent, too old, or when the PKCE verifier does not fit. */
  redeem(code: string, redirectUri: string | undefined, verifier: string | undefined): Grant | null {
    const grant = this.#grants.get(code);
    this.#grants.delete(code);
    if (grant === undefined || grant.expiresAt < Date.now()) return null;
    if (redirectUri !== undefined && redirectUri !== grant.redirectUri) return null;
    if (grant.codeChallenge === null) return grant;
    const challenge = createHash("sha256")
      .update(verifier ?? "")
      .digest("base64url");
    return challenge === grant.codeChallenge ? grant : null;
  }
}
