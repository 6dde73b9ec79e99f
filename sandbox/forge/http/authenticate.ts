import type { JWTPayload } from "jose";
import { decodeJwt, decodeProtectedHeader, errors, importSPKI, jwtVerify } from "jose";
import type { App } from "../state/state.ts";
import type { World } from "../world.ts";
import { ApiError } from "./api-error.ts";
import type { Caller } from "./caller.ts";

/** Name and password of a Basic header; for Git the password is the token. */
export function basicCredentials(header: string | undefined): { name: string; password: string } | null {
  const match = /^basic\s+(\S+)$/i.exec(header ?? "");
  if (match === null) return null;
  const [name = "", ...rest] = Buffer.from(match[1] ?? "", "base64")
    .toString()
    .split(":");
  return { name, password: rest.join(":") };
}

/** Who holds this token, or null when nobody does. */
export function tokenHolder(world: World, token: string): Caller | null {
  const { state } = world.store;
  const person = state.people.find((candidate) => candidate.token === token);
  if (person !== undefined) return { kind: "person", login: person.login, app: null, token };
  const moment = Date.now();
  const user = state.userTokens.find(
    (candidate) => candidate.token === token && candidate.expiresAt > moment,
  );
  if (user !== undefined) return { kind: "person", login: user.login, app: state.app.permissions, token };
  const installation = state.installationTokens.find((one) => one.token === token && one.expiresAt > moment);
  if (installation !== undefined) {
    return { kind: "installation", login: `${state.app.slug}[bot]`, app: installation.permissions, token };
  }
  const machine = state.machineTokens.find((candidate) => candidate.token === token);
  return machine === undefined ? null : { kind: "machine", name: machine.name };
}

/** The login behind an Authorization header, for counting and for faults: empty when nobody is known by it. */
export function loginOf(world: World, header: string | undefined): string {
  const holder = header === undefined ? null : tokenHolder(world, tokenIn(header));
  if (holder === null) return "";
  if (holder.kind === "machine") return holder.name;
  return "login" in holder ? holder.login : "";
}

function tokenIn(header: string): string {
  return basicCredentials(header)?.password ?? /^(?:token|bearer)\s+(\S+)$/i.exec(header)?.[1] ?? "";
}

/**
 * Who a REST request comes from.
 * @throws ApiError 401 for a credential that is unknown, expired or meant for Git only.
 */
export async function authenticate(world: World, header: string | undefined): Promise<Caller> {
  if (header === undefined || header === "") return { kind: "anonymous" };
  const token = tokenIn(header);
  const holder = tokenHolder(world, token);
  if (holder !== null && holder.kind !== "machine") return holder;
  if (isJwt(token)) {
    await verifyAppJwt(world.store.state.app, token);
    return { kind: "app" };
  }
  throw new ApiError(401, "Bad credentials");
}

function isJwt(token: string): boolean {
  return /^[\w-]+\.[\w-]+\.[\w-]+$/.test(token) && !token.startsWith("ghs_");
}

/** Checks an App's JWT as GitHub does: signature, issuer, `iat` not ahead, `exp` at most ten minutes away. */
async function verifyAppJwt(app: App, token: string): Promise<void> {
  const seconds = Date.now() / 1000;
  let claims: JWTPayload;
  try {
    decodeProtectedHeader(token);
    claims = decodeJwt(token);
  } catch {
    throw new ApiError(401, "A JSON web token could not be decoded");
  }
  if (typeof claims.iat !== "number" || claims.iat > seconds + 30) {
    throw new ApiError(
      401,
      "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued",
    );
  }
  if (typeof claims.exp !== "number" || claims.exp < seconds) {
    throw new ApiError(
      401,
      "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires",
    );
  }
  if (claims.exp > seconds + 630) {
    throw new ApiError(401, "'Expiration time' claim ('exp') is too far in the future");
  }
  if (String(claims.iss) !== String(app.id) && String(claims.iss) !== app.clientId) {
    throw new ApiError(404, "Integration not found");
  }
  try {
    await jwtVerify(token, await importSPKI(app.publicKey, "RS256"), {
      algorithms: ["RS256"],
      clockTolerance: 30,
    });
  } catch (error) {
    if (!(error instanceof errors.JOSEError)) throw error;
    throw new ApiError(401, "A JSON web token could not be decoded");
  }
}
