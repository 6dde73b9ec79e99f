/** Ends this process, in good order within two seconds, when the one that started it asks or is gone. */
export function closeWithParent(close: () => Promise<void>): void {
  process.once("disconnect", () => {
    setTimeout(() => process.exit(0), 2_000).unref();
    void close().finally(() => process.exit(0));
  });
}
