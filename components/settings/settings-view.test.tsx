import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { queryKeys } from "@/lib/client/query-keys";
import type { AuditList, HealthView, JobsView, JobView } from "@/lib/queries/views";
import { showView } from "@/components/testing/show-view";
import { AuditSection } from "./audit-section";
import { HealthSection } from "./health-section";
import { JobsSection } from "./jobs-section";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const healthPath = "/api/v1/settings/health";
const jobsPath = "/api/v1/settings/jobs";
const auditPath = "/api/v1/settings/audit";
const down = {
  status: 503,
  body: { code: "unavailable", message: "Fleetwright could not read its database." },
};

const health: HealthView = {
  management: {
    slug: "management",
    server: "https://m:6443",
    mark: { tone: "attention", word: "Permissions missing" },
    leader: "portal-1",
    leaderSince: "2026-11-24T11:00:00Z",
    lastContactAt: "2026-11-24T11:59:58Z",
    error: null,
    syncedAt: "2026-11-24T11:00:05Z",
    missedByWatch: 2,
    kinds: [
      {
        kind: "Kustomization",
        group: "kustomize.toolkit.fluxcd.io",
        version: "v1",
        mark: { tone: "attention", word: "No permission" },
        message: "kustomizations is forbidden",
      },
    ],
    missingRules: "- apiGroups:\n    - kustomize.toolkit.fluxcd.io\n",
  },
  forge: {
    fullName: "acme/fleet",
    url: "https://forge/acme/fleet",
    mark: { tone: "failed", word: "Failing" },
    fetchedAt: "2026-11-24T11:50:00Z",
    fetchError: "The forge did not answer.",
    polledAt: null,
    pollError: null,
    webhooks: [{ source: "forge", at: null }],
    gaps: ["Branch main: administrators are not included."],
  },
  workloads: { readable: 1, total: 1, broken: [], missing: [] },
  database: {
    mark: { tone: "healthy", word: "Answers" },
    version: "18.4",
    sizeBytes: 20_971_520,
    answeredMs: 3,
    connections: 9,
  },
};

const dead: JobView = {
  id: "019ab000-0000-7000-8000-000000000001",
  title: "Read team members",
  mark: { tone: "failed", word: "Dead" },
  message: "The forge answers 502.",
  tries: 4,
  limit: 4,
  at: "2026-11-24T11:30:00Z",
  dueAt: null,
};
const jobs: JobsView = { started: true, dead: [dead], open: [], done: [], kinds: [], requests: [] };

const audit: AuditList = {
  rows: [],
  matched: 0,
  verified: { at: "2026-11-24T02:47:00Z", rows: 7, head: "abc123", breaks: ["row 3 was changed"] },
  whole: true,
};

describe("Settings", () => {
  it("names the kind without permission, the rule that lacks, and what the forge and its protection lack", () => {
    showView(<HealthSection />, {}, [[queryKeys.health(), health]]);
    expect(screen.getByText("kustomizations is forbidden")).toBeDefined();
    expect(screen.getByRole("region", { name: "missing-rules-management.yaml" }).textContent).toContain(
      "kustomize.toolkit.fluxcd.io",
    );
    expect(screen.getByText(/The forge did not answer/)).toBeDefined();
    expect(screen.getByText("Branch main: administrators are not included.")).toBeDefined();
    expect(screen.getByText(/never heard from/)).toBeDefined();
  });

  it("copies the missing rule as it stands", async () => {
    const writeText = vi.fn(() => Promise.resolve());
    Object.defineProperty(navigator, "clipboard", { value: { writeText }, configurable: true });
    showView(<HealthSection />, {}, [[queryKeys.health(), health]]);
    fireEvent.click(screen.getByRole("button", { name: "Copy YAML" }));
    expect(await screen.findByRole("button", { name: "Copied" })).toBeDefined();
    expect(writeText).toHaveBeenCalledWith(health.management?.missingRules);
  });

  it("says that health could not be read and that the rest is what was known", async () => {
    const { refresh } = showView(<HealthSection />, { [healthPath]: down }, [[queryKeys.health(), health]]);
    await refresh(queryKeys.health());
    expect((await screen.findByRole("alert")).textContent).toContain("Below is what we knew last.");
    expect(screen.getByText("portal-1")).toBeDefined();
  });

  it("tries a dead letter again, and it is gone once the queue says so", async () => {
    const answers = { [jobsPath]: { status: 200, body: { ...jobs, dead: [] } } };
    const retry = vi.fn(() => Promise.resolve({ ok: true as const, value: null }));
    showView(<JobsSection deeds={{ retry, discard: vi.fn() }} />, answers, [[queryKeys.jobs(), jobs]]);
    expect(screen.getByText("The forge answers 502.")).toBeDefined();
    fireEvent.click(screen.getByRole("button", { name: "Retry Read team members" }));
    await waitFor(() => {
      expect(screen.queryByText("Dead letters")).toBeNull();
    });
    expect(retry).toHaveBeenCalledWith({ id: dead.id });
  });

  it("discards a dead letter only after asking, and it is gone once the queue says so", async () => {
    const answers = { [jobsPath]: { status: 200, body: { ...jobs, dead: [] } } };
    const discard = vi.fn(() => Promise.resolve({ ok: true as const, value: null }));
    showView(<JobsSection deeds={{ retry: vi.fn(), discard }} />, answers, [[queryKeys.jobs(), jobs]]);
    fireEvent.click(screen.getByRole("button", { name: "Discard Read team members" }));
    const dialog = await screen.findByRole("dialog");
    fireEvent.click(within(dialog).getByRole("button", { name: "Cancel" }));
    expect(discard).not.toHaveBeenCalled();
    fireEvent.click(screen.getByRole("button", { name: "Discard Read team members" }));
    fireEvent.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Discard" }));
    await waitFor(() => {
      expect(screen.queryByText("Dead letters")).toBeNull();
    });
    expect(discard).toHaveBeenCalledExactlyOnceWith({ id: dead.id });
  });

  it("says beside the job why it was not tried again, and keeps it", async () => {
    const message = "This is for platform engineers; your role is another one.";
    const retry = () => Promise.resolve({ ok: false as const, code: "forbidden" as const, message });
    const answers = { [jobsPath]: { status: 200, body: jobs } };
    showView(<JobsSection deeds={{ retry, discard: vi.fn() }} />, answers, [[queryKeys.jobs(), jobs]]);
    fireEvent.click(screen.getByRole("button", { name: "Retry Read team members" }));
    expect((await screen.findByRole("alert")).textContent).toContain(message);
    expect(screen.getByText("The forge answers 502.")).toBeDefined();
  });

  it("before an engine ran there is no queue, and the page says so", () => {
    const none: JobsView = { ...jobs, started: false, dead: [] };
    showView(<JobsSection deeds={{ retry: vi.fn(), discard: vi.fn() }} />, {}, [[queryKeys.jobs(), none]]);
    expect(screen.getByText("No engine has run yet")).toBeDefined();
  });

  it("shows a broken chain as broken, with what does not hold", () => {
    const params = { person: "", cluster: "", change: null, page: 1, pageSize: 50 };
    showView(<AuditSection />, { [auditPath]: { status: 200, body: audit } }, [
      [queryKeys.audit(params), audit],
    ]);
    expect(screen.getByText("The chain is broken")).toBeDefined();
    expect(screen.getByText("row 3 was changed")).toBeDefined();
    expect(screen.getByText("Nothing was done yet")).toBeDefined();
  });

  it("tells who sees a part only that it is one, and nothing of the whole chain", () => {
    const params = { person: "", cluster: "", change: null, page: 1, pageSize: 50 };
    const own: AuditList = { ...audit, verified: null, whole: false };
    showView(<AuditSection />, { [auditPath]: { status: 200, body: own } }, [[queryKeys.audit(params), own]]);
    expect(screen.getByText(/of your teams and your own/)).toBeDefined();
    expect(screen.queryByText(/verified/i)).toBeNull();
  });
});
