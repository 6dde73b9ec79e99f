import type { FastifyInstance } from "fastify";
import { graphql, GraphQLError } from "graphql";
import { ApiError } from "../http/api-error.ts";
import { authenticate } from "../http/authenticate.ts";
import { Body } from "../http/body.ts";
import { mergeArmed } from "../pulls/auto-merge.ts";
import type { World } from "../world.ts";
import { rootFor, TypedError } from "./resolvers.ts";
import { schema } from "./schema.ts";

/**
 * GitHub's GraphQL API as far as REST has no counterpart: auto-merge, and what a pull request says of it. Refusals come
 * with HTTP 200. Auto-merge itself is looked at after every write, whatever it was.
 */
export function serveGraphql(server: FastifyInstance, world: World): void {
  server.post("/api/graphql", async (request, reply) => {
    const caller = await authenticate(world, request.headers.authorization);
    if (!("login" in caller)) throw new ApiError(401, "This endpoint requires you to be authenticated.");
    const body = new Body(request.body);
    const result = await graphql({
      schema,
      source: body.string("query"),
      rootValue: rootFor(world, caller),
      variableValues: body.raw("variables") as Record<string, unknown> | undefined,
      operationName: body.text("operationName") ?? null,
    });
    void reply.headers({
      "x-github-media-type": "github.v4; format=json",
      "x-ratelimit-resource": "graphql",
    });
    if (result.errors === undefined) return result;
    const errors = result.errors.map((error) => shapeOf(world, error));
    return { ...(result.data === undefined ? {} : { data: result.data }), errors };
  });
  server.addHook("onResponse", (request, _reply, done) => {
    done();
    if (request.method === "GET") return;
    void world.writes
      .add(() => mergeArmed(world))
      .catch((error: unknown) => {
        world.log(`auto-merge: ${String(error)}`);
      });
  });
}

function shapeOf(world: World, error: GraphQLError): object {
  const { originalError, path, locations, message } = error;
  const typed = error instanceof TypedError ? error : originalError;
  if (typed instanceof TypedError) return { type: typed.kind, path, locations, message };
  if (originalError != null && !(originalError instanceof GraphQLError))
    world.log(`graphql: ${String(originalError.stack)}`);
  return { ...(path === undefined ? {} : { path }), locations, message };
}
