import { explain } from "../causes/explain.ts";

export interface Recognised {
  key: string;
  /** What of the message belongs to the cause: errors of one key and scope are one, whoever reports them. */
  scope: string | null;
  title: string;
  advice: string | null;
  told: string | null;
}

/** The known error a message shows, or null: the catalogue's answer (lib/domain/causes) in short. */
export function recogniseError(message: string | null | undefined): Recognised | null {
  if (!message) return null;
  const found = explain({ reason: null, message });
  if (found === null) return null;
  const { entry: key, scope, title, advice, told } = found;
  return { key, scope, title, advice, told };
}
