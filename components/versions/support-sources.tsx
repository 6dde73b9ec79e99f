import { supportCalendars } from "@/lib/domain/versions/support-windows";
import { supportDay } from "./support-words";

/** Where the days of support are from, how old they are, and what they leave out. */
export function SupportSources() {
  return (
    <section aria-label="Sources of the support windows" className="px-1 text-sm text-text-3 xl:col-span-2">
      <p>Support windows are a data file of this release, not asked for live:</p>
      <ul>
        {Object.values(supportCalendars).map(({ label, source, asOf, note }) => (
          <li key={label}>
            <a href={source} rel="noreferrer" className="text-text-2 underline">
              {label}
            </a>
            , as of {supportDay(asOf)}. {note}
          </li>
        ))}
      </ul>
    </section>
  );
}
