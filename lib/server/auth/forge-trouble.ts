import { z } from "zod";

/** The forge's answer was none we can sign somebody in by. */
export class ForgeAnswered extends Error {
  readonly status: number;

  constructor(status: number, question: string) {
    super(`the forge answered ${String(status)} to ${question}`);
    this.name = "ForgeAnswered";
    this.status = status;
  }
}

const failure = z.looseObject({
  name: z.string(),
  message: z.string(),
  code: z.string().optional().catch(undefined),
});
/** As openid-client hangs it on its errors, where an answer came. */
const answered = z.object({ response: z.object({ statusCode: z.number() }) });
const silence = /timed out|fetch failed|terminated|socket hang up/;

/**
 * The status by which the forge failed somebody's sign-in, 0 where no answer came; null where it is not the forge that
 * is in trouble (a code used twice, a state that is not ours).
 */
function forgeTroubleOf(error: unknown): number | null {
  if (error instanceof ForgeAnswered) return error.status;
  const answer = answered.safeParse(error);
  if (answer.success) {
    const { statusCode } = answer.data.response;
    return statusCode >= 500 || statusCode === 429 ? statusCode : null;
  }
  const { data } = failure.safeParse(error);
  if (!data) return null;
  return data.name === "TimeoutError" || /^E[A-Z]/.test(data.code ?? "") || silence.test(data.message)
    ? 0
    : null;
}

/** Leads to the sign-in page with what the forge answered, instead of next-auth's one word for every failure. */
export function tellForgeTrouble(response: Response, error: unknown, portalUrl: string): Response {
  const status = forgeTroubleOf(error);
  const to = response.headers.get("location");
  if (status === null || to === null || !/[?&]error=OAuthCallback(&|$)/.test(to)) return response;
  const headers = new Headers(response.headers);
  headers.set("location", `${portalUrl}/sign-in?error=ForgeTrouble&status=${String(status)}`);
  return new Response(null, { status: response.status, headers });
}
