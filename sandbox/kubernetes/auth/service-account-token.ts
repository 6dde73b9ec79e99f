import { randomUUID } from "node:crypto";
import type { JWTPayload } from "jose";
import { jwtVerify, SignJWT } from "jose";
import type { ApiCluster } from "../api-cluster.ts";
import { objectOf, textOf } from "../json.ts";
import type { Json } from "../json.ts";
import type { KubeObject } from "../kube-object.ts";
import { serviceAccountUser } from "./user.ts";
import type { User } from "./user.ts";

export const defaultAudience = "https://kubernetes.default.svc";

export interface MintedToken {
  token: string;
  expires: Date;
}

/** A token of TokenRequest for this ServiceAccount, valid only on `cluster`. */
export async function mintToken(
  cluster: ApiCluster,
  account: KubeObject,
  audiences: string[],
  seconds: number,
): Promise<MintedToken> {
  const now = Math.floor(Date.now() / 1000);
  const { name, namespace = "", uid = "" } = account.metadata;
  const token = await new SignJWT({ "kubernetes.io": { namespace, serviceaccount: { name, uid } } })
    .setProtectedHeader({ alg: "HS256", typ: "JWT" })
    .setIssuer(defaultAudience)
    .setAudience(audiences)
    .setSubject(`system:serviceaccount:${namespace}:${name}`)
    .setJti(randomUUID())
    .setIssuedAt(now)
    .setNotBefore(now)
    .setExpirationTime(now + seconds)
    .sign(Buffer.from(cluster.tokenKey, "base64"));
  return { token, expires: new Date((now + seconds) * 1000) };
}

/** What a token is worth to somebody who asks for certain audiences. */
type Verified = { user: User; audiences: string[] } | { error: string };

/**
 * The ServiceAccount behind `token`, while it exists with the same uid; refused where the token is for none of the
 * audiences asked for, in kube-apiserver's words.
 */
export async function verifyToken(
  cluster: ApiCluster,
  token: string,
  wanted: readonly string[] = [defaultAudience],
): Promise<Verified> {
  let claims: JWTPayload;
  try {
    const key = Buffer.from(cluster.tokenKey, "base64");
    claims = (await jwtVerify(token, key, { issuer: defaultAudience })).payload;
  } catch {
    return { error: "invalid bearer token" };
  }
  const own = [claims.aud ?? []].flat();
  const audiences = own.filter((audience) => wanted.includes(audience));
  if (audiences.length === 0) {
    const [held, target] = [quoted(own), quoted(wanted)];
    return {
      error: `[invalid bearer token, token audiences ${held} is invalid for the target audiences ${target}]`,
    };
  }
  const user = accountOf(cluster, claims);
  return user ? { user, audiences } : { error: "invalid bearer token" };
}

function accountOf(cluster: ApiCluster, claims: JWTPayload): User | undefined {
  const bound = objectOf(claims["kubernetes.io"]);
  const account = objectOf(bound["serviceaccount"]);
  const namespace = textOf(bound["namespace"]);
  const name = textOf(account["name"]);
  const uid: Json | undefined = account["uid"];
  const stored = cluster.store.get("/serviceaccounts", namespace, name);
  if (!stored || stored.object.metadata.uid !== uid) return undefined;
  return {
    ...serviceAccountUser(namespace, name, textOf(uid)),
    extra: { "authentication.kubernetes.io/credential-id": [`JTI=${textOf(claims.jti)}`] },
  };
}

/** A list of strings as Go prints it with %q. */
const quoted = (texts: readonly string[]): string =>
  `[${texts.map((text) => JSON.stringify(text)).join(" ")}]`;
