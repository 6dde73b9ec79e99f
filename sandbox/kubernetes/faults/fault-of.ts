import { z } from "zod";
import type { ApiFault } from "../../contracts.ts";
import { badRequest } from "../api-error.ts";

const where = { path: z.string().optional(), times: z.int().positive().optional() };

const schema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("none") }),
  z.object({ kind: z.literal("reset") }),
  z.object({ kind: z.literal("black-hole") }),
  z.object({ kind: z.literal("slow"), delayMs: z.number().nonnegative(), ...where }),
  z.object({ kind: z.literal("error"), status: z.int().min(400).max(599), ...where }),
  z.object({ kind: z.literal("cut"), afterBytes: z.int().nonnegative(), ...where }),
]);

/** Reads the body of a PUT to a `fault` path. @throws ApiError 400 */
export function faultOf(text: string): ApiFault {
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    throw badRequest(`not a fault: ${error instanceof Error ? error.message : String(error)}`);
  }
}
