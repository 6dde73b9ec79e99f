import NextAuth from "next-auth";
import type { NextRequest } from "next/server";
import { tellForgeTrouble } from "@/lib/server/auth/forge-trouble";
import { authOptions } from "@/lib/server/auth/options";
import { services } from "@/lib/server/services";

interface Context {
  params: Promise<{ nextauth: string[] }>;
}

async function handle(request: NextRequest, context: Context): Promise<Response> {
  let refusal: unknown;
  const options = authOptions((error) => (refusal = error));
  const response = (await NextAuth(request as never, context as never, options)) as Response;
  return tellForgeTrouble(response, refusal, services().env.FLEETWRIGHT_URL);
}

export { handle as GET, handle as POST };
