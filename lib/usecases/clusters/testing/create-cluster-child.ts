/**
 * A process that asks for a cluster once told "go", and stands still for ever at a given write: the n-th of the forge
 * and the database together is done and answered, nothing after it is sent. Says on stdout what it wrote.
 */
import pg from "pg";
import { connectWorld, type WorldAddress } from "../../../changes/testing/connect-world.ts";
import { runChecks } from "../../../changes/checks/run-checks.ts";
import { findChangeRecord } from "../../../db/changes.ts";
import type { Actor } from "../../../domain/access/actor.ts";
import { githubAsPerson } from "../../../forge/github/github-as-person.ts";
import { createCluster } from "../create-cluster.ts";

/** What the parent tells on the command line, as JSON. */
export interface ChildOrder {
  address: WorldAddress;
  actor: Actor;
  token: string;
  input: unknown;
  /** How many writes are done. */
  writes: number;
}

const order = JSON.parse(process.argv[2] ?? "") as ChildOrder;
let done = 0;
let going = false;

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const standStill = (): Promise<never> => new Promise(() => undefined);

/** Lets the first writes through, one after the other; the next one never begins. */
let turn: Promise<unknown> = Promise.resolve();
function write<T>(label: string, work: () => Promise<T>): Promise<T> {
  const mine = turn.then(async () => {
    if (done >= order.writes) {
      say("standing");
      return standStill();
    }
    const answer = await work();
    done += 1;
    say(`wrote ${label}`);
    return answer;
  });
  turn = mine.catch(() => undefined);
  return mine;
}

const send = globalThis.fetch;
globalThis.fetch = (input, init) => {
  const method = init?.method ?? "GET";
  const url = input instanceof Request ? input.url : input.toString();
  if (!going || method === "GET" || url.includes("access_tokens")) return send(input, init);
  return write(`forge ${method} ${new URL(url).pathname.split("/").slice(6).join("/")}`, () =>
    send(input, init),
  );
};

/** Outside a transaction each statement lasts; inside, only its end does. */
const inTransaction = new WeakSet<object>();
type Query = (this: pg.Client, ...given: unknown[]) => Promise<unknown>;
const { query } = pg.Client.prototype as unknown as { query: Query };
const stopping: Query = function (...given) {
  const [first] = given;
  const text = typeof first === "string" ? first : (first as { text: string }).text;
  const ask = (): Promise<unknown> => query.apply(this, given);
  const verb = text.trim().split(/\s/)[0]?.toUpperCase() ?? "";
  if (verb === "BEGIN") inTransaction.add(this);
  if (verb === "ROLLBACK") inTransaction.delete(this);
  const lasts =
    verb === "COMMIT" || (!inTransaction.has(this) && ["INSERT", "UPDATE", "DELETE"].includes(verb));
  if (verb === "COMMIT") inTransaction.delete(this);
  if (!going || !lasts) return ask();
  const table = /(?:INTO|UPDATE|FROM) "?(?:public"?\.)?"?(\w+)/.exec(text)?.[1] ?? "";
  return write(`database ${verb} ${table}`.trim(), ask);
};
Object.assign(pg.Client.prototype, { query: stopping });

const world = await connectWorld(order.address);
const { api: apiUrl, fullName } = order.address;
const asPerson = githubAsPerson({ apiUrl, fullName, token: order.token });
// What is read once is read before the clock runs.
await Promise.all([asPerson.repository(), world.asApp.repository()]);
say("ready");
await new Promise((resolve) => process.stdin.once("data", resolve));
going = true;
const created = await createCluster({ actor: order.actor, now: new Date(), world, asPerson }, order.input);
if (!created.ok) throw new Error(created.message);
const change = await findChangeRecord(world.db, world.repository.id, created.value.number);
if (change) await runChecks(world, change);
say("done");
