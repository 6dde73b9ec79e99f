import type { IncomingMessage } from "node:http";
import { badRequest } from "../api-error.ts";
import { serviceAccountUser } from "./user.ts";
import type { User } from "./user.ts";

/** The user of the Impersonate headers, undefined when there are none. @throws ApiError 400 */
export function impersonatedUser(incoming: IncomingMessage): User | undefined {
  const name = one(incoming, "impersonate-user");
  const groups = all(incoming, "impersonate-group");
  const uid = one(incoming, "impersonate-uid");
  const extra = extraOf(incoming);
  if (name === undefined) {
    if (groups.length === 0 && uid === undefined && Object.keys(extra).length === 0) return undefined;
    const said = groups.map((group) => JSON.stringify(group)).join(", ");
    throw badRequest(
      `requested &user.DefaultInfo{Name:"", UID:"${uid ?? ""}", Groups:[]string{${said}}, Extra:map[string][]string(nil)} without impersonating a user name`,
    );
  }
  const account = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(name);
  const base: User =
    account && groups.length === 0
      ? serviceAccountUser(account[1] ?? "", account[2] ?? "", uid)
      : { username: name, ...(uid === undefined ? {} : { uid }), groups };
  const special = name === "system:anonymous" ? "system:unauthenticated" : "system:authenticated";
  return {
    ...base,
    groups: base.groups.includes(special) ? base.groups : [...base.groups, special],
    ...(Object.keys(extra).length > 0 ? { extra } : {}),
  };
}

function one(incoming: IncomingMessage, name: string): string | undefined {
  const value = incoming.headers[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}

function all(incoming: IncomingMessage, name: string): string[] {
  return incoming.headersDistinct[name] ?? [];
}

function extraOf(incoming: IncomingMessage): Record<string, string[]> {
  const prefix = "impersonate-extra-";
  const extra: Record<string, string[]> = {};
  for (const [name, values] of Object.entries(incoming.headersDistinct)) {
    if (name.startsWith(prefix) && values) extra[decodeURIComponent(name.slice(prefix.length))] = values;
  }
  return extra;
}
