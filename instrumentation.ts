/** Starts what runs beside the pages. Returns at once: Next answers nothing before it does. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === "nodejs") (await import("@/lib/server/boot")).start();
}
