import { ApiError } from "./api-error.ts";
import type { Unstructured } from "./objects.ts";

/** One event of a watch; an `ERROR` never gets here, it is thrown. */
export interface WatchEvent {
  type: "ADDED" | "MODIFIED" | "DELETED" | "BOOKMARK";
  object: Unstructured;
}

/** Parses newline-separated watch events out of a response body, in order. */
export async function readWatchStream(
  body: AsyncIterable<Uint8Array>,
  onEvent: (event: WatchEvent) => void,
): Promise<void> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of body) {
    rest += decoder.decode(chunk, { stream: true });
    let end = rest.indexOf("\n");
    if (end < 0) continue;
    let start = 0;
    for (; end >= 0; end = rest.indexOf("\n", start)) {
      emit(rest.slice(start, end), onEvent);
      start = end + 1;
    }
    rest = rest.slice(start);
  }
  emit(rest, onEvent);
}

function emit(line: string, onEvent: (event: WatchEvent) => void): void {
  if (line.trim() === "") return;
  const event = JSON.parse(line) as { type: string; object: unknown };
  if (event.type === "ERROR") {
    const status = event.object as { code?: number; reason?: string; message?: string };
    throw new ApiError(status.code ?? 500, status.reason ?? "", status.message ?? "watch error");
  }
  onEvent(event as WatchEvent);
}
