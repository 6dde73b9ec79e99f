import type { ServerResponse } from "node:http";
import { ApiError, invalid } from "../api-error.ts";
import { isTrue } from "../http/parse-request.ts";
import { commonHeaders } from "../http/reply.ts";
import type { ApiRequest } from "../http/parse-request.ts";
import type { Change, Stored } from "../store/object-store.ts";
import { forbid } from "./list-objects.ts";
import { isUncached } from "./snapshot.ts";
import { filterOf } from "./selectors.ts";
import type { Filter } from "./selectors.ts";
import { presenterOf } from "../table/presenter.ts";
import type { Target } from "./target.ts";

/** Real servers end a watch after 30 to 60 minutes. */
const shortestMs = 30 * 60 * 1000;
/** A client this far behind is cut off. */
const largestBacklog = 64 * 1024 * 1024;
const bookmarkMs = 60 * 1000;

/** Watches that want bookmarks, served by one timer. */
const bookmarked = new Set<() => void>();
let bookmarkTimer: NodeJS.Timeout | undefined;

function wantBookmarks(send: () => void): () => void {
  bookmarked.add(send);
  bookmarkTimer ??= setInterval(() => {
    for (const one of bookmarked) one();
  }, bookmarkMs).unref();
  return () => {
    bookmarked.delete(send);
    if (bookmarked.size === 0) {
      clearInterval(bookmarkTimer);
      bookmarkTimer = undefined;
    }
  };
}

/** Streams changes until the client goes, the time is over or the server closes. */
export function watchObjects(request: ApiRequest, target: Target, response: ServerResponse): void {
  const { query } = request;
  const { store } = target.cluster;
  const filter = filterOf(query, target);
  const initial = isTrue(query.get("sendInitialEvents"));
  const version = query.get("resourceVersion") ?? "";
  checkMatch(query, initial);
  const start = startOf(version);
  const present = presenterOf(request, target);
  response.writeHead(200, { ...commonHeaders(), "Content-Type": present.watchType });
  response.flushHeaders();
  const send = (type: string, object: string) => {
    // A client that neither reads on nor closes keeps an ended response open.
    if (response.writableEnded || response.destroyed) return;
    if (response.writableLength > largestBacklog) response.destroy();
    else response.write(`{"type":"${type}","object":${object}}\n`);
  };
  const bookmarks = isTrue(query.get("allowWatchBookmarks"));
  const bookmark = (annotate: boolean) => {
    send("BOOKMARK", bookmarkText(target, store.revision, annotate));
  };
  const withInitial = query.get("sendInitialEvents");
  const fresh = initial || (withInitial === null && (version === "" || version === "0"));
  if (fresh) {
    for (const stored of current(target, filter)) send("ADDED", present.text(stored));
    if (initial && bookmarks) bookmark(true);
  } else {
    const compacted = isUncached(target) && start < store.compactedRevision;
    const missed = compacted ? undefined : store.changesAfter(start);
    if (!missed) {
      const oldest = compacted ? undefined : store.oldestRevision;
      response.end(`{"type":"ERROR","object":${JSON.stringify(tooOld(start, oldest))}}\n`);
      return;
    }
    for (const change of missed) deliver(change, target, filter, send, present.text);
  }
  const stop = store.listen((change) => {
    if (change.revision > start || fresh) deliver(change, target, filter, send, present.text);
  });
  const noBookmarks = bookmarks
    ? wantBookmarks(() => {
        bookmark(false);
      })
    : () => undefined;
  const seconds = Number(query.get("timeoutSeconds") ?? "0");
  const length = seconds > 0 ? seconds * 1000 : shortestMs * (1 + Math.random());
  // A last bookmark comes two seconds before the end (apiserver's cacher).
  const lastBookmark = setTimeout(
    () => {
      if (bookmarks) bookmark(false);
    },
    Math.max(0, length - 2000),
  );
  lastBookmark.unref();
  if (length < 2500) clearTimeout(lastBookmark);
  const stopAll = () => {
    stop();
    noBookmarks();
    clearTimeout(timer);
    clearTimeout(lastBookmark);
  };
  const timer = setTimeout(() => {
    stopAll();
    response.end();
  }, length);
  timer.unref();
  response.on("close", stopAll);
}

/** Rules of ListOptions for a watch (recorded in watches). */
function checkMatch(query: URLSearchParams, initial: boolean): void {
  const match = query.get("resourceVersionMatch") ?? "";
  const field = "resourceVersionMatch";
  if (!query.has("sendInitialEvents")) {
    if (match !== "")
      forbid(field, "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided");
  } else if (initial && match !== "NotOlderThan") {
    const why = "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan";
    throw invalid({ group: "meta.k8s.io", resource: "listoptions", kind: "ListOptions" }, "", [
      { reason: "FieldValueForbidden", message: `Forbidden: ${why}`, field },
      ...(match === ""
        ? []
        : [
            {
              reason: "FieldValueNotSupported",
              message: `Unsupported value: "${match}": supported values: "NotOlderThan"`,
              field,
            },
          ]),
    ]);
  }
}

function startOf(version: string): number {
  if (version === "") return 0;
  if (/^\d+$/.test(version)) return Number(version);
  const message = `resourceVersion: Invalid value: "${version}": strconv.ParseUint: parsing "${version}": invalid syntax`;
  throw new ApiError(500, undefined, message);
}

/** Words of the cache, or of etcd for kinds without one. */
function tooOld(start: number, oldest: number | undefined) {
  const message =
    oldest === undefined
      ? "The resourceVersion for the provided watch is too old."
      : `too old resource version: ${String(start)} (${String(oldest)})`;
  return {
    kind: "Status",
    apiVersion: "v1",
    metadata: {},
    status: "Failure",
    message,
    reason: "Expired",
    code: 410,
  };
}

function bookmarkText(target: Target, revision: number, initialEnd: boolean): string {
  return JSON.stringify({
    kind: target.kind.kind,
    apiVersion: target.apiVersion,
    metadata: {
      resourceVersion: String(revision),
      ...(initialEnd ? { annotations: { "k8s.io/initial-events-end": "true" } } : {}),
    },
  });
}

function inScope(stored: Stored, target: Target, filter: Filter | undefined): boolean {
  const { kind, namespace } = target;
  if (kind.namespaced && namespace !== undefined && stored.object.metadata.namespace !== namespace)
    return false;
  return filter === undefined || filter(stored.object);
}

function current(target: Target, filter: Filter | undefined): Stored[] {
  const { cluster, kind, namespace } = target;
  return cluster.store
    .list(kind.storeKey, kind.namespaced ? namespace : undefined)
    .filter((stored) => inScope(stored, target, filter));
}

/**
 * What enters the selection comes as ADDED, what leaves it as DELETED with its old content and the new
 * resourceVersion (recorded in watches).
 */
function deliver(
  change: Change,
  target: Target,
  filter: Filter | undefined,
  send: (type: string, object: string) => void,
  text: (stored: Stored) => string,
): void {
  if (change.storeKey !== target.kind.storeKey) return;
  const before = change.before !== undefined && inScope(change.before, target, filter);
  const after = change.type !== "DELETED" && inScope(change.now, target, filter);
  if (after) send(before ? "MODIFIED" : "ADDED", text(change.now));
  else if (before && change.before) send("DELETED", text(lastSeen(change, change.before)));
}

function lastSeen(change: Change, before: Stored): Stored {
  const source = change.type === "DELETED" ? change.now.object : before.object;
  const metadata = { ...source.metadata, resourceVersion: String(change.revision) };
  return { object: { ...source, metadata }, revision: change.revision, text: undefined };
}
