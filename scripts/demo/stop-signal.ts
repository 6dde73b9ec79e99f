/** Aborted by the first signal that asks this process to end; which then ends by itself, all stopped. */
export function stopSignal(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => controller.abort(new Error("stopped")));
  }
  // A closed terminal must not end us before the children are stopped.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
  return controller.signal;
}
