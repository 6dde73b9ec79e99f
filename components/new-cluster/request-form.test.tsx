import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { NuqsTestingAdapter } from "nuqs/adapters/testing";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { NewClusterForm } from "@/lib/queries/views";
import { ClockProvider } from "@/components/ui/clock";
import type { CreateAction, Preview, PreviewAction } from "./contracts";
import { initialValues } from "./initial-values";
import { RequestForm } from "./request-form";

const push = vi.hoisted(() => vi.fn());
vi.mock("next/navigation", () => ({ useRouter: () => ({ push }) }));

afterEach(() => {
  cleanup();
  push.mockReset();
});

const template = {
  name: "dev",
  title: "Dev",
  description: "",
  version: 1,
  schema: {
    type: "object",
    required: ["name", "purpose"],
    properties: {
      name: { type: "string", title: "Name", "x-fleetwright": { group: "Who", picker: "name" } },
      purpose: { type: "string", title: "Purpose", "x-fleetwright": { group: "Who", picker: "purpose" } },
      owner: { type: "string", title: "Owner", "x-fleetwright": { picker: "owner" } },
      nodes: { type: "integer", title: "Nodes", default: 2, "x-fleetwright": { group: "What" } },
    },
  },
};

const form: NewClusterForm = {
  templates: [template],
  teams: [{ name: "payments", used: 1, limit: 5, maxDays: 30 }],
  environments: ["development"],
  regions: [],
  prices: null,
  unavailable: null,
};

const answer = (more: Partial<Preview> = {}): Preview => ({
  files: [{ path: "clusters/dev-1/cluster.yaml", content: "metadata:\n  name: dev-1\n", note: null }],
  errors: {},
  checks: [],
  cost: { known: false, reason: "no price" },
  opens: "Opens one pull request.",
  ...more,
});

function show(preview: PreviewAction, create: CreateAction) {
  const now = "2026-11-24T12:00:00Z";
  render(
    <NuqsTestingAdapter>
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <ClockProvider now={now}>
          <RequestForm
            form={form}
            login="lena.k"
            now={now}
            template={template}
            start={initialValues(template, { form, login: "lena.k", now })}
            preview={preview}
            create={create}
            onTemplate={vi.fn()}
          />
        </ClockProvider>
      </QueryClientProvider>
    </NuqsTestingAdapter>,
  );
}

const send = () => fireEvent.click(screen.getByRole("button", { name: /pull request/ }));
const nameField = () => screen.getByLabelText<HTMLInputElement>("Name");
const type = (value: string) => fireEvent.change(nameField(), { target: { value } });

describe("RequestForm", () => {
  it("shows an error beside its field and in the file's line", async () => {
    const errors = { name: "dev-1 exists. Free: dev-2." };
    show(() => Promise.resolve({ ok: true, value: answer({ errors }) }), vi.fn());
    type("dev-1");
    await screen.findByText("dev-1 exists. Free: dev-2.");
    expect(nameField().getAttribute("aria-invalid")).toBe("true");
    expect(await screen.findByText("dev-1 exists")).toBeDefined();
    expect(screen.getByText("1 field to fix")).toBeDefined();
  });

  it("is not held back by errors of what was typed before", async () => {
    const create = vi.fn<CreateAction>(() => Promise.resolve({ ok: true, value: { number: 7 } }));
    const taken = { name: "dev-1 exists." };
    const preview: PreviewAction = ({ parameters }) =>
      parameters["name"] === "dev-2"
        ? new Promise(() => undefined)
        : Promise.resolve({ ok: true, value: answer({ errors: taken }) });
    show(preview, create);
    await screen.findByText("1 field to fix");
    type("dev-2");
    send();
    await waitFor(() => {
      expect(push).toHaveBeenCalledWith("/changes/7");
    });
    expect(create.mock.calls[0]?.[0].parameters).toMatchObject({ name: "dev-2" });
  });

  it("shows what the server finds in the very values sent, until they change", async () => {
    const fieldErrors = { "parameters.name": "dev-1 was just asked for in #6." };
    const create = vi.fn<CreateAction>(() =>
      Promise.resolve({ ok: false, code: "invalid", message: "Nothing was sent.", fieldErrors }),
    );
    show(() => Promise.resolve({ ok: true, value: answer() }), create);
    type("dev-1");
    send();
    expect(await screen.findByText("dev-1 was just asked for in #6.")).toBeDefined();
    expect(screen.getByRole("alert").textContent).toBe("Nothing was sent.");
    await waitFor(() => {
      expect(document.activeElement).toBe(nameField());
    });
    type("dev-2");
    await waitFor(() => {
      expect(screen.queryByText("dev-1 was just asked for in #6.")).toBeNull();
    });
    expect(screen.queryByRole("alert")).toBeNull();
    await screen.findByText("updates as you type");
    expect(screen.queryByText("dev-1 was just asked for in #6.")).toBeNull();
    expect(push).not.toHaveBeenCalled();
  });

  it("does not blame fields nobody has touched", async () => {
    show(
      () => Promise.resolve({ ok: true, value: answer({ errors: { purpose: "Say what it is for." } }) }),
      () => new Promise(() => undefined),
    );
    await screen.findByText("1 field to fix");
    expect(screen.queryByText("Say what it is for.")).toBeNull();
    send();
    expect(await screen.findByText("Say what it is for.")).toBeDefined();
  });

  it("keeps what was typed when the server refuses, and repeats the same request by the same key", async () => {
    const create = vi.fn<CreateAction>();
    create.mockResolvedValueOnce({ ok: false, code: "unavailable", message: "GitHub did not answer." });
    create.mockResolvedValueOnce({ ok: true, value: { number: 214 } });
    show(() => Promise.resolve({ ok: true, value: answer() }), create);
    type("dev-1");
    await screen.findByText("Opens one pull request.");
    send();
    await screen.findByText("GitHub did not answer.");
    expect(nameField().value).toBe("dev-1");
    send();
    await waitFor(() => {
      expect(push).toHaveBeenCalledWith("/changes/214");
    });
    const keys = create.mock.calls.map(([input]) => input.idempotencyKey);
    expect(keys[0]).toBe(keys[1]);
    expect(create.mock.calls[0]?.[0].parameters).toMatchObject({ name: "dev-1", owner: "lena.k", nodes: 2 });
  });

  it("sends once for a double click", async () => {
    const create = vi.fn<CreateAction>(() => new Promise(() => undefined));
    show(() => Promise.resolve({ ok: true, value: answer() }), create);
    type("dev-1");
    await screen.findByText("Opens one pull request.");
    send();
    send();
    expect(create).toHaveBeenCalledTimes(1);
  });
});
