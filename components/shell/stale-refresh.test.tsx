import { useQuery } from "@tanstack/react-query";
import { cleanup, screen } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { queries } from "@/lib/client/queries";
import { queryKeys } from "@/lib/client/query-keys";
import type { ShellView } from "@/lib/queries/views";
import { showView } from "@/components/testing/show-view";
import { StaleBar } from "./stale-bar";
import { StaleRefresh } from "./stale-refresh";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const shell = (silentSeconds: number): ShellView => ({
  person: { login: "v", name: "V", image: null, roles: ["viewer"], teams: [] },
  counts: { clusters: 1, openChanges: 0 },
  management: {
    slug: "mgmt-weu",
    lastContactAt: new Date(Date.now() - silentSeconds * 1_000).toISOString(),
    error: null,
    synced: true,
  },
  repository: { fullName: "acme/fleet", url: "", headSha: null, fetchedAt: null, error: null },
  problems: [],
  canRequest: false,
});

/** A page with one view of the fleet, as small as can be. */
function Page({ now }: { now: ShellView }) {
  const { data } = useQuery(queries.fleet());
  return (
    <>
      <StaleRefresh />
      <StaleBar shell={now} />
      <p>{JSON.stringify(data)}</p>
    </>
  );
}

function open(silentSeconds: number) {
  const now = shell(silentSeconds);
  const answers = {
    "/api/v1/fleet": { status: 200, body: "Unknown" },
    "/api/v1/shell": { status: 200, body: now },
  };
  return {
    answers,
    ...showView(<Page now={now} />, answers, [
      [queryKeys.shell(), now],
      [queryKeys.fleet(), "Healthy"],
    ]),
  };
}

describe("a page that is open while the management cluster falls silent", () => {
  it("says how old its states are and reads them again", async () => {
    open(200);
    expect(await screen.findByText(/mgmt-weu last answered/)).toBeDefined();
    expect(await screen.findByText('"Unknown"')).toBeDefined();
  });

  it("reads them once more when it is back", async () => {
    const { answers, refresh } = open(200);
    await screen.findByText('"Unknown"');
    answers["/api/v1/shell"].body = shell(1);
    answers["/api/v1/fleet"].body = "Healthy again";
    await refresh(queryKeys.shell());
    expect(await screen.findByText('"Healthy again"')).toBeDefined();
  });

  it("leaves fresh states alone", async () => {
    const { refresh } = open(1);
    await refresh(queryKeys.shell());
    expect(screen.getByText('"Healthy"')).toBeDefined();
    expect(screen.queryByText(/last answered/)).toBeNull();
  });
});

it("says of a page whose server answers no more why, and from when what it shows is", async () => {
  const why = "Fleetwright could not read its database. It is tried again by itself.";
  showView(<StaleBar shell={shell(1)} unread={{ why, since: Date.now() - 60_000 }} />, {});
  expect((await screen.findByRole("status")).textContent).toContain(`${why} What you see is from`);
});

describe("a page while the forge fails", () => {
  const fetchedAt = new Date(Date.now() - 60_000).toISOString();
  const repository = { fullName: "acme/fleet", url: "", headSha: null, fetchedAt, error: "HTTP 503" };
  const bars = async (more: Partial<ShellView>) => {
    showView(<StaleBar shell={{ ...shell(1), ...more }} />, {});
    return (await screen.findAllByRole("status")).map(({ textContent }) => textContent);
  };

  it("shows the newest failure and when it was met, not the older one of the poll", async () => {
    const trouble = { sentence: "The forge is in trouble (500).", at: new Date().toISOString() };
    const said = await bars({ repository, trouble });
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(/in trouble \(500\) \(asked .+ ago\).*tried again.*acme\/fleet was last read/);
    expect(said[0]).not.toContain("HTTP 503");
  });

  it("shows the poll's failure where no call of the person failed", async () => {
    expect(await bars({ repository })).toEqual([
      expect.stringMatching(/acme\/fleet could not be read: HTTP 503\. Last read/),
    ]);
  });

  it("gives the link that cures it", async () => {
    const cure = { url: "https://forge.example/orgs/acme/sso", label: "Sign on at GitHub" };
    await bars({ notice: { sentence: "Your organisation asks for single sign-on.", cure } });
    expect(screen.getByRole("link", { name: cure.label }).getAttribute("href")).toBe(cure.url);
  });
});
