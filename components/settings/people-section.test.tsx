import { cleanup, fireEvent, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { queryKeys } from "@/lib/client/query-keys";
import type { PeopleView } from "@/lib/queries/views";
import { showView } from "@/components/testing/show-view";
import { PeopleSection } from "./people-section";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const path = "/api/v1/settings/people";
const lena: PeopleView["people"][number] = {
  id: "019ab000-0000-7000-8000-000000000001",
  login: "lena.k",
  name: "Lena",
  you: false,
  roles: ["requester"],
  sessions: 2,
  rightsReadAt: "2026-11-24T11:59:00Z",
};

it("lists who is signed in with roles and sessions, and ends them only once it is confirmed", async () => {
  const end = vi.fn(() => Promise.resolve({ ok: true as const, value: null }));
  const answers = { [path]: { status: 200, body: { people: [] } } };
  showView(<PeopleSection end={end} />, answers, [[queryKeys.people(), { people: [lena] }]]);
  expect(screen.getByText("requester")).toBeDefined();
  expect(screen.getByText(/2 sessions/)).toBeDefined();
  fireEvent.click(screen.getByRole("button", { name: "Sign lena.k out everywhere" }));
  fireEvent.click(await screen.findByRole("button", { name: "Cancel" }));
  expect(end).not.toHaveBeenCalled();
  fireEvent.click(screen.getByRole("button", { name: "Sign lena.k out everywhere" }));
  fireEvent.click(await screen.findByRole("button", { name: "Sign out" }));
  await waitFor(() => {
    expect(screen.queryByText("lena.k")).toBeNull();
  });
  expect(end).toHaveBeenCalledWith({ userId: lena.id });
  expect(screen.getByText("Nobody is signed in")).toBeDefined();
});

it("says beside the person why nothing was ended", async () => {
  const message = "This is for platform engineers; your role is another one.";
  const end = () => Promise.resolve({ ok: false as const, code: "forbidden" as const, message });
  const answers = { [path]: { status: 200, body: { people: [lena] } } };
  showView(<PeopleSection end={end} />, answers, [[queryKeys.people(), { people: [lena] }]]);
  fireEvent.click(screen.getByRole("button", { name: "Sign lena.k out everywhere" }));
  fireEvent.click(await screen.findByRole("button", { name: "Sign out" }));
  expect((await screen.findByRole("alert")).textContent).toContain(message);
  expect(screen.getByText("lena.k")).toBeDefined();
});
