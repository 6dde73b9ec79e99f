"use client";

import { Dialog } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";
import { pages } from "./pages";
import { useShell } from "./shell-context";
import { useCommandKey } from "./use-command-key";

const keysFor = (command: string): [string[], string][] => [
  [[command.trim(), "K"], "Search or jump to a cluster, change or page"],
  [["/"], "Filter the list on this page"],
  [["j"], "Next row"],
  [["k"], "Previous row"],
  [["↵"], "Open the row"],
  ...pages.map((page): [string[], string] => [["g", page.key], `Go to ${page.label.toLowerCase()}`]),
  [["?"], "This list"],
];

/** The keys there are. */
export function HelpDialog() {
  const { overlay, show } = useShell();
  const commandKey = useCommandKey();
  return (
    <Dialog
      open={overlay === "help"}
      onClose={() => {
        show(null);
      }}
      title="Keys"
      className="w-[420px]"
    >
      <dl className="grid grid-cols-[88px_1fr] items-center gap-y-1.5 px-4 pb-4">
        {keysFor(commandKey).map(([combination, meaning]) => (
          <div key={meaning} className="contents">
            <dt className="flex gap-1">
              {combination.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dt>
            <dd className="text-text-2">{meaning}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
