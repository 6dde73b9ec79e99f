import { createHash } from "node:crypto";
import { createReadStream, createWriteStream, renameSync } from "node:fs";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { BenchCluster } from "./fleet-of.ts";
import { models } from "./fixture.ts";
import { modelName } from "./seed-models.ts";

interface Line {
  /** Cluster the line belongs to: `<namespace>/<name>`, "/" for the management cluster. */
  home: string;
  text: string;
}

/**
 * Turns the state of API servers with one cluster of each model into that of a whole fleet: each cluster is a copy of
 * its model's lines under another name and with uids of its own. A thousand clusters through the API would take minutes.
 */
export async function growJournal(dir: string, fleet: readonly BenchCluster[]): Promise<void> {
  const file = join(dir, "journal.jsonl");
  const lines = await readLines(file);
  const ours = models.map(modelName);
  const isModel = ({ text }: Line): boolean => ours.some((name) => text.includes(name));
  const out = createWriteStream(`${file}.grown`, { mode: 0o600 });
  const write = async (text: string): Promise<void> => {
    if (!out.write(`${text}\n`)) await once(out, "drain");
  };
  for (const line of lines) if (!isModel(line)) await write(line.text);
  let revision = lines.length + 1;
  for (const { name, model } of fleet) {
    const from = modelName(model);
    for (const line of lines.filter(({ text }) => text.includes(from))) {
      const copy = copied(line.text, from, name);
      await write(line.home === "/" ? atRevision(copy, (revision += 1)) : copy);
    }
  }
  out.end();
  await once(out, "finish");
  renameSync(`${file}.grown`, file);
}

/** The last line of each object, in order; an object written twice has two. */
async function readLines(file: string): Promise<Line[]> {
  const last = new Map<string, Line>();
  for await (const text of createInterface({ input: createReadStream(file) })) {
    const entry = JSON.parse(text) as { c?: string; s?: string; k?: string };
    const key = entry.c === undefined ? text : `${entry.c} ${entry.s ?? ""} ${entry.k ?? ""}`;
    last.delete(key);
    last.set(key, { home: entry.c ?? "", text });
  }
  return [...last.values()];
}

function copied(text: string, from: string, name: string): string {
  return text
    .replaceAll(from, name)
    .replace(/"uid":"([0-9a-f-]{36})"/g, (_, uid: string) => `"uid":"${otherUid(uid, name)}"`)
    .replace(/"data":\{"value":"([^"]+)"\}/, (_, value: string) => {
      const inside = Buffer.from(value, "base64").toString().replaceAll(from, name);
      return `"data":{"value":"${Buffer.from(inside).toString("base64")}"}`;
    });
}

function otherUid(uid: string, name: string): string {
  const hash = createHash("sha256").update(`${uid} ${name}`).digest("hex");
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    hash.slice(12, 16),
    hash.slice(16, 20),
    hash.slice(20, 32),
  ].join("-");
}

/** Every object of a cluster has a revision of its own. */
function atRevision(text: string, revision: number): string {
  const entry = JSON.parse(text) as { r: number; o: { metadata: { resourceVersion: string } } };
  entry.r = revision;
  entry.o.metadata.resourceVersion = String(revision);
  return JSON.stringify(entry);
}
