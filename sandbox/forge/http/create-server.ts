import formbody from "@fastify/formbody";
import fastify from "fastify";
import type { FastifyInstance } from "fastify";
import { ApiError } from "./api-error.ts";

/** The bare server: parsing and error bodies. */
export async function createServer(log: (message: string) => void): Promise<FastifyInstance> {
  const server = fastify({
    bodyLimit: 200_000_000,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 2000, ignoreTrailingSlash: false },
  });
  await server.register(formbody);
  acceptJson(server);
  server.addContentTypeParser(/^application\/x-git-/, { parseAs: "buffer" }, (_request, body, done) => {
    done(null, body);
  });
  server.setErrorHandler((error, request, reply) => {
    const refusal = error instanceof ApiError ? error : asApiError(error);
    if (refusal.status >= 500) log(`${request.method} ${request.url}: ${String((error as Error).stack)}`);
    void reply.code(refusal.status).send(refusal.body());
  });
  server.setNotFoundHandler((request, reply) => {
    log(`${request.method} ${request.url}: no such route`);
    void reply.code(404).send(new ApiError(404, "Not Found").body());
  });
  return server;
}

/** GitHub reads a body as JSON whatever its type says; an empty one is none. */
function acceptJson(server: FastifyInstance): void {
  server.removeContentTypeParser(["application/json", "text/plain"]);
  server.addContentTypeParser("*", { parseAs: "string" }, (_request, body, done) => {
    try {
      done(null, body === "" ? undefined : JSON.parse(String(body)));
    } catch {
      done(new ApiError(400, "Problems parsing JSON"));
    }
  });
}

function asApiError(error: unknown): ApiError {
  const status = error instanceof Error && "statusCode" in error ? Number(error.statusCode) : 500;
  return status < 500 && error instanceof Error
    ? new ApiError(status, error.message)
    : new ApiError(500, "Server Error");
}
