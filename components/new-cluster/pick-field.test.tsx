import { cleanup, render, screen } from "@testing-library/react";
import { FormProvider, useForm } from "react-hook-form";
import { afterEach, describe, expect, it } from "vitest";
import type { NewClusterForm } from "@/lib/queries/views";
import type { Values } from "./contracts";
import type { FieldSpec } from "./field-spec";
import { FormContext } from "./form-context";
import { PickField } from "./pick-field";

afterEach(cleanup);

const spec: FieldSpec = {
  path: "team",
  label: "Team",
  picker: "team",
  schema: { type: "string" },
  required: true,
  help: null,
};
const payments = { name: "payments", used: 1, limit: 5, maxDays: 30 };
const search = { name: "search", used: 0, limit: null, maxDays: null };

function Form({ teams, team }: { teams: NewClusterForm["teams"]; team: string }) {
  const methods = useForm<Values>({ defaultValues: { team } });
  const form = { templates: [], teams, environments: [], regions: [], prices: null, unavailable: null };
  const known = {
    form,
    login: "lena.k",
    now: "",
    errors: {},
    tried: false,
    regionPath: null,
    versionPath: null,
  };
  return (
    <FormProvider {...methods}>
      <FormContext value={known}>
        <PickField spec={spec} />
      </FormContext>
    </FormProvider>
  );
}

describe("the team of a request", () => {
  it.each<[NewClusterForm["teams"], string, string]>([
    [[payments], "payments", "1 of 5 clusters used"],
    [[payments, search], "payments", "one of your 2 teams; 1 of 5 clusters used"],
    [[payments, search], "search", "one of your 2 teams"],
    [[payments, search], "", "one of your 2 teams"],
  ])("says how much of its limit is used (%#)", (teams, team, help) => {
    render(<Form teams={teams} team={team} />);
    expect(screen.getByText(help)).toBeDefined();
  });
});
