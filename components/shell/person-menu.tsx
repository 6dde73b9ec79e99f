"use client";

import { Menu } from "@base-ui/react/menu";
import { Check } from "lucide-react";
import { signOut } from "next-auth/react";
import { useTheme } from "next-themes";
import type { ReactNode } from "react";
import { signOutEverywhere } from "@/app/sign-in/actions";
import type { ShellView } from "@/lib/queries/views";
import { useMounted } from "@/components/ui/clock";
import { menuItem, menuPopup } from "@/components/ui/menu-classes";
import { toast } from "@/components/ui/toasts";
import { Avatar } from "./avatar";
import { roleWords } from "./role-words";

const themes = [
  ["system", "As the system"],
  ["light", "Light"],
  ["dark", "Dark"],
] as const;

/** Who is signed in, with which rights; theme and sign-out. */
export function PersonMenu({ person }: { person: ShellView["person"] }) {
  const roles = roleWords(person.roles);
  return (
    <Menu.Root>
      <Menu.Trigger className="flex h-7 w-full items-center gap-[9px] rounded-md px-2 text-left text-text-2 hover:bg-hover data-popup-open:bg-hover">
        <Avatar person={person} />
        <span className="max-w-[65%] flex-none truncate">{person.login}</span>
        <span className="ml-auto min-w-0 truncate text-xs text-text-3">{roles}</span>
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner side="top" align="start" sideOffset={6} className="z-50 outline-none">
          <Menu.Popup className={`${menuPopup} w-[236px]`}>
            <div className="px-2.5 pt-1.5 pb-2">
              <p className="truncate font-[560]">{person.name}</p>
              <p className="text-sm text-text-3">
                {person.roles.length > 0 ? roles : "no role"}
                {person.teams.length > 0 && <> · {person.teams.join(", ")}</>}
              </p>
            </div>
            <Line />
            <ThemeItems />
            <Line />
            <Menu.Item className={menuItem} onClick={() => void signOut({ callbackUrl: "/sign-in" })}>
              Sign out
            </Menu.Item>
            <Menu.Item className={menuItem} onClick={() => void leaveEverywhere()}>
              Sign out everywhere
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

/** Where it does not come to pass, all sessions live on: that must not go unseen. */
async function leaveEverywhere(): Promise<void> {
  try {
    await signOutEverywhere();
    window.location.assign("/sign-in");
  } catch {
    toast("failed", "You are still signed in", "Fleetwright did not answer. Try again.");
  }
}

function ThemeItems(): ReactNode {
  const { theme, setTheme } = useTheme();
  const mounted = useMounted();
  return (
    <Menu.RadioGroup
      value={mounted ? theme : undefined}
      onValueChange={(value: string) => {
        setTheme(value);
      }}
    >
      <Menu.GroupLabel className="px-2.5 pt-1 pb-0.5 text-xs text-text-3">Theme</Menu.GroupLabel>
      {themes.map(([value, label]) => (
        <Menu.RadioItem key={value} value={value} closeOnClick={false} className={menuItem}>
          {label}
          <Menu.RadioItemIndicator className="ml-auto">
            <Check size={14} aria-hidden />
          </Menu.RadioItemIndicator>
        </Menu.RadioItem>
      ))}
    </Menu.RadioGroup>
  );
}

const Line = () => <Menu.Separator className="my-1 h-px bg-line" />;
