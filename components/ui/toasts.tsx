"use client";

import { Toast } from "@base-ui/react/toast";
import { X } from "lucide-react";
import { StatusMark } from "@/components/status/status-mark";

const manager = Toast.createToastManager();

/** Says that something was done, or why not; for what has no place on the page itself. */
export function toast(kind: "done" | "failed", title: string, description?: string): void {
  manager.add({ type: kind, title, description, timeout: kind === "failed" ? 0 : 5_000 });
}

/** Where toasts appear: at the bottom right, one below the other. */
export function Toasts() {
  return (
    <Toast.Provider toastManager={manager} limit={4}>
      <Toast.Portal>
        <Toast.Viewport className="fixed right-4 bottom-4 z-50 grid w-[360px] max-w-[calc(100vw-2rem)] gap-2">
          <List />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function List() {
  const { toasts } = Toast.useToastManager();
  return toasts.map((each) => (
    <Toast.Root
      key={each.id}
      toast={each}
      className="rounded-lg border border-line bg-surface shadow-overlay transition-opacity duration-150 data-ending-style:opacity-0 data-limited:hidden data-starting-style:opacity-0"
    >
      <Toast.Content className="flex items-start gap-2.5 py-2.5 pr-2 pl-3.5">
        <StatusMark
          mark={
            each.type === "failed" ? { tone: "failed", word: "Failed" } : { tone: "healthy", word: "Done" }
          }
          className="mt-0.5"
        />
        <div className="grid min-w-0 flex-1 gap-0.5">
          <Toast.Title className="font-[560]" />
          <Toast.Description className="text-text-2" />
        </div>
        <Toast.Close
          aria-label="Dismiss"
          className="rounded-sm p-1 text-text-3 hover:bg-hover hover:text-text"
        >
          <X size={14} aria-hidden />
        </Toast.Close>
      </Toast.Content>
    </Toast.Root>
  ));
}
