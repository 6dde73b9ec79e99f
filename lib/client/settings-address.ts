import { createLoader, parseAsStringLiteral } from "nuqs/server";

/** Sections of Settings; which of them a person may open is his roles'. */
export const settingsSections = ["health", "jobs", "people", "audit"] as const;
export type SettingsSection = (typeof settingsSections)[number];

/** The address of a section: `/settings?tab=jobs`. */
export const settingsParsers = { tab: parseAsStringLiteral(settingsSections) };
export const loadSettingsAddress = createLoader(settingsParsers);
