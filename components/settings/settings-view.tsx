"use client";

import { useQueryStates } from "nuqs";
import { settingsParsers, type SettingsSection } from "@/lib/client/settings-address";
import { PageBody } from "@/components/shell/page-body";
import { PageHeader } from "@/components/shell/page-header";
import { Tabs } from "@/components/ui/tabs";
import { AuditSection } from "./audit-section";
import { HealthSection } from "./health-section";
import type { JobDeeds } from "./job-deeds";
import { JobsSection } from "./jobs-section";
import { PeopleSection } from "./people-section";
import type { EndSessions } from "./signed-in-person";

interface Props {
  /** Those the person may open. */
  sections: SettingsSection[];
  jobDeeds: JobDeeds;
  endSessions: EndSessions;
}

const words: Record<SettingsSection, string> = {
  health: "Health",
  jobs: "Jobs",
  people: "People",
  audit: "Audit",
};

/** How the portal itself is and what was done with it. */
export function SettingsView({ sections, jobDeeds, endSessions }: Props) {
  const [{ tab }, setAddress] = useQueryStates(settingsParsers, { history: "push" });
  const open = sections.find((section) => section === tab) ?? sections[0] ?? "audit";
  return (
    <>
      <PageHeader title="Settings" />
      <PageBody>
        <Tabs
          label="Parts of Settings"
          value={open}
          onChange={(next) => void setAddress({ tab: next })}
          tabs={sections.map((value) => ({ value, label: words[value] }))}
        >
          {(section) => {
            if (section === "health") return <HealthSection />;
            if (section === "jobs") return <JobsSection deeds={jobDeeds} />;
            return section === "people" ? <PeopleSection end={endSessions} /> : <AuditSection />;
          }}
        </Tabs>
      </PageBody>
    </>
  );
}
