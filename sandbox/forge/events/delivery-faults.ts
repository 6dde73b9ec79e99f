import { ApiError } from "../http/api-error.ts";
import { Body } from "../http/body.ts";

const kinds = ["lose", "double", "late", "hold"] as const;
/** `hold` keeps deliveries until they are released, so that a test decides their order. */
type DeliveryFaultKind = (typeof kinds)[number];

/** What becomes of a delivery that a fault hits. */
interface DeliveryFault {
  event: string | null;
  kind: DeliveryFaultKind;
  left: number | null;
  delayMs: number;
}

/** The faults that wait for webhook deliveries; in memory only. */
export class DeliveryFaults {
  #waiting: DeliveryFault[] = [];

  /** @throws ApiError 422 for a fault that cannot be understood. */
  add(value: unknown): void {
    const body = new Body(value);
    const kind = kinds.find((candidate) => candidate === body.text("fault"));
    if (kind === undefined) throw new ApiError(422, `fault is one of ${kinds.join(", ")}`);
    const left = body.raw("times") === "always" ? null : (body.number("times") ?? 1);
    const delayMs = body.number("delayMs") ?? 1000;
    this.#waiting.push({ event: body.text("event") ?? null, kind, left, delayMs });
  }

  clear(): void {
    this.#waiting = [];
  }

  /** The fault that hits a delivery of this event, counted; or null. */
  take(event: string): DeliveryFault | null {
    const fault = this.#waiting.find((one) => one.left !== 0 && (one.event === null || one.event === event));
    if (fault === undefined) return null;
    if (fault.left !== null) fault.left -= 1;
    return fault;
  }
}
