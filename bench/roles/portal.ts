import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import type { Actor } from "../../lib/domain/access/actor.ts";
import { live } from "../../lib/server/live/live.ts";
import { openStream } from "../../lib/server/live/stream.ts";
import { services } from "../../lib/server/services.ts";
import { closeWithParent } from "./close-with-parent.ts";

export interface PortalRole {
  databaseUrl: string;
  dataDir: string;
}

const viewer: Actor = {
  userId: "0197f3a2-0000-7000-8000-000000000001",
  login: "bench",
  name: "bench",
  image: null,
  roles: ["viewer"],
  teams: [],
};

/**
 * The portal's live stream over HTTP: LISTEN, audience, hub and stream are the portal's own code; Next.js and the
 * sign-in are not here, so that nothing need be built.
 */
export async function runPortal({ databaseUrl, dataDir }: PortalRole): Promise<void> {
  Object.assign(process.env, {
    DATABASE_URL: databaseUrl,
    FLEETWRIGHT_URL: "http://127.0.0.1:9",
    FLEETWRIGHT_SECRET: "of the benchmark and of nothing else",
    FLEETWRIGHT_DATA_DIR: dataDir,
    FLEET_REPOSITORY: "acme/fleet",
    GITHUB_CLIENT_ID: "bench",
    GITHUB_CLIENT_SECRET: "bench",
    FORGE_TOKEN: "bench",
  });
  const running = live();
  const server = createServer((incoming, outgoing) => {
    const gone = new AbortController();
    outgoing.on("close", () => gone.abort());
    const request = new Request(`http://127.0.0.1${incoming.url ?? "/"}`, { signal: gone.signal });
    const response = openStream(running.hub, viewer, { request, findActor: () => Promise.resolve(viewer) });
    outgoing.writeHead(200, Object.fromEntries(response.headers));
    Readable.fromWeb(response.body as ReadableStream<Uint8Array>).pipe(outgoing);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closeWithParent(async () => {
    server.closeAllConnections();
    server.close();
    await running.close();
    await services().db.$disconnect();
  });
  process.send?.({ url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}` });
}
