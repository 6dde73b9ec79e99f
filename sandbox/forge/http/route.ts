import type { FastifyRequest } from "fastify";
import type { ForgePermission } from "../../contracts.ts";
import type { World } from "../world.ts";
import type { Body } from "./body.ts";
import type { AppNeed, Caller } from "./caller.ts";

/** A request after routing and authentication. */
export interface Call {
  world: World;
  caller: Caller;
  /** Login the caller acts under: the person's, or `<app>[bot]`; empty for none. */
  login: string;
  params: Record<string, string>;
  query: Record<string, string | undefined>;
  body: Body;
  request: FastifyRequest;
}

export interface Answer {
  status?: number;
  /** JSON unless it is a string or bytes; absent = no body. */
  body?: unknown;
  headers?: Record<string, string>;
}

/** One endpoint of the REST API. */
export interface Route {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Below `/api/v3`; with `repository: true` below `/repos/:owner/:repo`. */
  path: string;
  /**
   * Who may call: `repository` routes need a role in it (default pull); others a person or installation, or the App
   * itself with its JWT (`app`) or its client secret (`client`), or nobody in particular (`public`).
   */
  access: { repository: ForgePermission } | "signed-in" | "app" | "client" | "public";
  /** Alternatives, one of which the App must hold. */
  app?: readonly AppNeed[];
  handle(call: Call): Promise<Answer> | Answer;
}

/** The value of a path parameter the route declares. */
export function param(call: Call, name: string): string {
  return call.params[name] ?? "";
}
