import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import PQueue from "p-queue";
import type { Forge, ForgeOptions } from "../contracts.ts";
import { Deliverer } from "./events/deliverer.ts";
import { Faults } from "./faults/faults.ts";
import { injectFaults } from "./faults/inject-faults.ts";
import { serveControl } from "./faults/serve-control.ts";
import { configureRepository, createRepository } from "./git/create-repository.ts";
import { memoize, ObjectFacts } from "./git/object-facts.ts";
import { serveGit } from "./git-http/serve-git.ts";
import { serveGraphql } from "./graphql/serve-graphql.ts";
import { createServer } from "./http/create-server.ts";
import { finishReplies } from "./http/finish-replies.ts";
import type { Exchange } from "./http/finish-replies.ts";
import { RateLimit } from "./http/rate-limit.ts";
import { serveApi } from "./http/serve-api.ts";
import { allRoutes } from "./routes/all-routes.ts";
import { Mergeability } from "./rules/mergeability.ts";
import { readCodeOwners } from "./rules/read-code-owners.ts";
import { seedState } from "./state/seed-state.ts";
import { Store } from "./state/store.ts";
import { serveFiles } from "./web/serve-files.ts";
import { servePages } from "./web/serve-pages.ts";
import { serveOauth } from "./web/serve-oauth.ts";
import type { World } from "./world.ts";

/**
 * Starts a forge that answers as GitHub Enterprise Server does, on a real bare Git repository below `options.dir`.
 * The seed is used once; after that everything is where the last run left it.
 * @param log Where unknown routes, failed deliveries and errors of the forge itself are told; silent when absent.
 * @param observe Sees every REST request with its reply; for tests that hold them to GitHub's description.
 */
export async function startForge(
  options: ForgeOptions,
  log: (message: string) => void = () => undefined,
  observe: (exchange: Exchange) => void = () => undefined,
): Promise<Forge> {
  const gitDir = join(options.dir, "repository.git");
  const store = await openStore(options, gitDir);
  const deliverer = new Deliverer(store, log);
  const server = await createServer(log);
  const world: World = {
    store,
    gitDir,
    url: "",
    api: "",
    deliverer,
    facts: new ObjectFacts(gitDir),
    codeOwners: memoize((commit: string) => readCodeOwners(gitDir, commit)),
    mergeability: new Mergeability(),
    faults: new Faults(),
    limits: new RateLimit(),
    writes: new PQueue({ concurrency: 1 }),
    log,
  };
  finishReplies(server, world, observe);
  injectFaults(server, world);
  serveControl(server, world);
  serveApi(server, world, allRoutes);
  serveGraphql(server, world);
  serveOauth(server, world);
  serveGit(server, world);
  servePages(server, world);
  serveFiles(server, world);
  await server.listen({ host: "127.0.0.1", port: options.port ?? 0 });
  world.url = `http://127.0.0.1:${String((server.server.address() as AddressInfo).port)}`;
  world.api = `${world.url}/api/v3`;
  let closing: Promise<void> | null = null;
  return {
    url: world.url,
    api: world.api,
    gitDir,
    setWebhook(webhook) {
      store.state.app.webhook = webhook;
      store.save();
    },
    close() {
      closing ??= closeAll(world, () => server.close());
      return closing;
    },
  };
}

async function openStore(options: ForgeOptions, gitDir: string): Promise<Store> {
  const saved = Store.read(options.dir);
  if (saved !== null && existsSync(gitDir)) {
    await configureRepository(gitDir);
    return new Store(options.dir, saved);
  }
  await mkdir(options.dir, { recursive: true });
  await createRepository(gitDir, options.seed);
  const store = new Store(options.dir, seedState(options.seed));
  store.save();
  return store;
}

async function closeAll(world: World, closeServer: () => Promise<unknown>): Promise<void> {
  world.faults.close();
  await closeServer();
  await world.writes.onIdle();
  await world.mergeability.settle();
  await world.deliverer.close();
  await world.store.flush();
}
