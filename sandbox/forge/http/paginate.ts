import type { Answer, Call } from "./route.ts";

/** The page of a list the query asks for, with the `Link` header GitHub writes (over `/repositories/{id}`). */
export function paginate<Item>(
  call: Call,
  items: readonly Item[],
  shape: (item: Item) => unknown,
  envelope?: string,
): Answer {
  const { page, perPage } = pageOf(call);
  const shown = items.slice((page - 1) * perPage, page * perPage).map(shape);
  const body = envelope === undefined ? shown : { total_count: items.length, [envelope]: shown };
  return { body, headers: linkHeader(call, items.length) };
}

/** Page number and size; at most 100 a page, 30 when not said. */
export function pageOf(call: Call): { page: number; perPage: number } {
  const perPage = Math.min(100, positive(call.query.per_page) ?? 30);
  return { page: positive(call.query.page) ?? 1, perPage };
}

/** `Link` for a list of `total` items; nothing when it fits on one page. */
export function linkHeader(call: Call, total: number): Record<string, string> {
  const { page, perPage } = pageOf(call);
  const last = Math.max(1, Math.ceil(total / perPage));
  const links: string[] = [];
  const add = (rel: string, target: number) => {
    const url = new URL(call.world.url + stablePath(call));
    for (const [name, value] of Object.entries(call.query))
      if (value !== undefined) url.searchParams.set(name, value);
    url.searchParams.set("page", String(target));
    links.push(`<${url.href}>; rel="${rel}"`);
  };
  if (page > 1) add("prev", page - 1);
  if (page < last) add("next", page + 1);
  if (page < last) add("last", last);
  if (page > 1) add("first", 1);
  return links.length === 0 ? {} : { link: links.join(", ") };
}

function stablePath(call: Call): string {
  const path = call.request.url.split("?")[0] ?? "";
  const { id } = call.world.store.state.repository;
  return path.replace(/\/repos\/[^/]+\/[^/]+/, `/repositories/${String(id)}`);
}

function positive(text: string | undefined): number | null {
  const value = Number(text);
  return Number.isInteger(value) && value > 0 ? value : null;
}
