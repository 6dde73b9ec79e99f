"use client";

import { Dialog } from "@base-ui/react/dialog";
import type { ShellView } from "@/lib/queries/views";
import { Nav } from "./nav";
import { useShell } from "./shell-context";

/** The navigation on a phone: slides in from the left. */
export function NavSheet({ shell }: { shell: ShellView }) {
  const { overlay, show } = useShell();
  const close = () => {
    show(null);
  };
  return (
    <Dialog.Root
      open={overlay === "nav"}
      onOpenChange={(open) => {
        if (!open) close();
      }}
    >
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-[oklch(15%_0.02_265/0.35)]" />
        <Dialog.Popup className="fixed inset-y-0 left-0 z-50 w-[264px] border-r border-line bg-bg shadow-overlay outline-none transition-transform duration-150 data-ending-style:-translate-x-full data-starting-style:-translate-x-full">
          <Dialog.Title className="sr-only">Navigation</Dialog.Title>
          <Nav shell={shell} onNavigate={close} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
