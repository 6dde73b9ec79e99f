import type { ForgePermission } from "../contracts.ts";

/** Somebody of the demo organisation and the teams he is in. */
export interface DemoPerson {
  login: string;
  name: string;
  teams: string[];
}

/** Who can sign in: one person per role, some with two, and one outsider without a team. */
export const demoPeople: readonly DemoPerson[] = [
  { login: "lena.k", name: "Lena Koch", teams: ["team-leads", "payments-devs"] },
  { login: "nadia.r", name: "Nadia Rahman", teams: ["fleet-approvers"] },
  { login: "omar.h", name: "Omar Haddad", teams: ["platform", "fleet-approvers"] },
  { login: "jonas.w", name: "Jonas Weber", teams: ["team-leads", "search-devs", "data-devs"] },
  { login: "priya.s", name: "Priya Shah", teams: ["team-leads", "web-devs", "identity-devs"] },
  { login: "vera.s", name: "Vera Santos", teams: ["sre-readers"] },
  { login: "sam.o", name: "Sam Okafor", teams: [] },
  { login: "root-admin", name: "Acme Administrator", teams: ["owners"] },
];

/** The organisation's teams with their permission on the fleet repository; `owners` stands for its owners. */
export const demoTeams: readonly { slug: string; name: string; permission: ForgePermission }[] = [
  { slug: "fleet-approvers", name: "Fleet approvers", permission: "push" },
  { slug: "platform", name: "Platform", permission: "push" },
  { slug: "web-devs", name: "Web developers", permission: "push" },
  { slug: "team-leads", name: "Team leads", permission: "pull" },
  { slug: "payments-devs", name: "Payments developers", permission: "pull" },
  { slug: "search-devs", name: "Search developers", permission: "pull" },
  { slug: "identity-devs", name: "Identity developers", permission: "pull" },
  { slug: "data-devs", name: "Data developers", permission: "pull" },
  { slug: "sre-readers", name: "SRE readers", permission: "pull" },
  { slug: "owners", name: "Owners", permission: "admin" },
];

/** Address commits are signed with. */
export const emailOf = (login: string): string => `${login}@acme.example`;

/** Name and address of a person for a commit. */
export function authorOf(login: string): { name: string; email: string } {
  const person = demoPeople.find((one) => one.login === login);
  return { name: person?.name ?? login, email: emailOf(login) };
}
