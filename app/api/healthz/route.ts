/** The process lives. Says nothing of its neighbours: a restart would not mend them. */
export const GET = (): Response => Response.json({ status: "ok" });

export const dynamic = "force-dynamic";
