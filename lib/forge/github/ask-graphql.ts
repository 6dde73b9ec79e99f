import type { FailureCode } from "../../domain/result.ts";
import { ForgeError } from "../forge.ts";
import type { GitHubClient } from "./octokit.ts";
import { calling } from "./scope.ts";

/** GitHub's kinds of refusal, which come with HTTP 200 (forge-reference §2.1, §3). */
const codes: Record<string, FailureCode> = {
  NOT_FOUND: "not-found",
  FORBIDDEN: "forbidden",
  RATE_LIMITED: "rate-limited",
  UNPROCESSABLE: "invalid",
  STALE_DATA: "conflict",
};

interface Refusal extends Error {
  errors: { type?: string; message: string }[];
}

const isRefusal = (error: unknown): error is Refusal =>
  error instanceof Error && error.name === "GraphqlResponseError" && "errors" in error;

/** Asks GitHub's GraphQL API; its refusals become {@link ForgeError}s like those of REST. */
export function askGraphql(
  client: GitHubClient,
  query: string,
  variables: Record<string, unknown>,
): Promise<unknown> {
  return calling(async () => {
    try {
      return await client.graphql(query, variables);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      const details = error.errors.map(({ message }) => message);
      const code = codes[error.errors[0]?.type ?? ""] ?? "terminal";
      const limited = code === "rate-limited";
      throw new ForgeError(
        code,
        limited ? "The forge asks us to slow down." : `The forge refuses this: ${details.join(" ")}`,
        {
          ...{ status: 200, details, cause: error },
          retryAfterSeconds: limited ? 60 : null,
        },
      );
    }
  });
}
