import { createHmac } from "node:crypto";
import { enterpriseVersion } from "../http/versions.ts";

/** Where one delivery goes. */
export interface DeliveryTarget {
  hook: number;
  kind: "repository" | "integration";
  targetId: number;
  url: string;
  secret: string | null;
  contentType: "json" | "form";
}

/** The very bytes of a delivery: JSON, or as GitHub's default a form field. */
export function deliveryBody(target: DeliveryTarget, json: string): string {
  return target.contentType === "form" ? new URLSearchParams({ payload: json }).toString() : json;
}

/** The headers of a delivery, signed over its bytes (forge-reference §7; GHES names its version and host). */
export function deliveryHeaders(
  target: DeliveryTarget,
  delivery: { event: string; guid: string; host: string },
  body: string,
): Record<string, string> {
  const sign = (algorithm: string) =>
    `${algorithm}=${createHmac(algorithm, target.secret ?? "")
      .update(body)
      .digest("hex")}`;
  const signatures: Record<string, string> =
    target.secret === null ? {} : { "x-hub-signature-256": sign("sha256"), "x-hub-signature": sign("sha1") };
  return {
    accept: "*/*",
    "content-type": target.contentType === "form" ? "application/x-www-form-urlencoded" : "application/json",
    "user-agent": "GitHub-Hookshot/5a4dbce",
    "x-github-delivery": delivery.guid,
    "x-github-enterprise-host": delivery.host,
    "x-github-enterprise-version": enterpriseVersion,
    "x-github-event": delivery.event,
    "x-github-hook-id": String(target.hook),
    "x-github-hook-installation-target-id": String(target.targetId),
    "x-github-hook-installation-target-type": target.kind,
    ...signatures,
  };
}
