import type { Metadata } from "next";
import { SettingsView } from "@/components/settings/settings-view";
import { Prefetched } from "@/components/shell/prefetched";
import { loadAuditParams } from "@/lib/client/audit-params";
import { queryKeys } from "@/lib/client/query-keys";
import { loadSettingsAddress, settingsSections, type SettingsSection } from "@/lib/client/settings-address";
import { can, type SettingsVerb } from "@/lib/domain/access/can";
import { getHealth } from "@/lib/queries/health";
import { listAudit } from "@/lib/queries/list-audit";
import { getJobs } from "@/lib/queries/list-jobs";
import { readPeople } from "@/lib/server/people";
import { readContext } from "@/lib/server/session";
import { discardJobAction, endSessionsAction, retryJobAction } from "./actions";

export const metadata: Metadata = { title: "Settings" };

const verbs: Record<SettingsSection, SettingsVerb> = {
  health: "see-health",
  jobs: "see-jobs",
  people: "see-people",
  audit: "see-trail",
};

export default async function SettingsPage({ searchParams }: PageProps<"/settings">) {
  const address = await searchParams;
  const ctx = await readContext();
  const sections = settingsSections.filter((section) => can(ctx.actor, verbs[section], "settings").yes);
  const asked = loadSettingsAddress(address).tab;
  const section = sections.find((one) => one === asked) ?? sections[0] ?? "audit";
  const params = loadAuditParams(address);
  const read = {
    health: async () => ({ queryKey: queryKeys.health(), data: await getHealth(ctx) }),
    jobs: async () => ({ queryKey: queryKeys.jobs(), data: await getJobs(ctx) }),
    people: async () => ({ queryKey: queryKeys.people(), data: await readPeople(ctx) }),
    audit: async () => ({ queryKey: queryKeys.audit(params), data: await listAudit(ctx, params) }),
  };
  return (
    <Prefetched {...await read[section]()}>
      <SettingsView
        sections={sections}
        jobDeeds={{ retry: retryJobAction, discard: discardJobAction }}
        endSessions={endSessionsAction}
      />
    </Prefetched>
  );
}
