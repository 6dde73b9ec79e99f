"use client";

import { Menu } from "@base-ui/react/menu";
import { useQuery } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { queries } from "@/lib/client/queries";
import type { SavedViews } from "@/lib/queries/views";
import { menuItem } from "@/components/ui/menu-classes";
import { toast } from "@/components/ui/toasts";
import type { ViewActions } from "./contracts";
import { MenuButton } from "./list-menus";
import { SaveViewDialog } from "./save-view-dialog";

interface Props {
  /** The list's address, "" or "?…". */
  search: string;
  actions: ViewActions;
}

/** Filters kept under a name: the person's own and his teams'. */
export function ViewsMenu({ search, actions }: Props) {
  const { data, refetch } = useQuery(queries.views());
  const [saving, setSaving] = useState(false);
  const drop = async (view: SavedViews["views"][number]) => {
    const result = await actions.drop({ id: view.id }).catch(() => null);
    if (result?.ok) toast("done", `View ${view.name} deleted`);
    else
      toast("failed", `View ${view.name} is still there`, result?.message ?? "Fleetwright did not answer.");
    await refetch();
  };
  return (
    <>
      <MenuButton label="Views">
        {data?.views.map((view) => (
          <div key={view.id} className="flex items-center">
            <Menu.Item
              className={`${menuItem} min-w-0 flex-1`}
              render={<Link href={`/clusters?${view.search}`} prefetch={false} />}
            >
              <span className="truncate">{view.name}</span>
              <span className="ml-auto pl-3 text-sm text-text-3">
                {view.team ?? (view.mine ? "yours" : view.login)}
              </span>
            </Menu.Item>
            {view.deletable && (
              <Menu.Item
                className={menuItem}
                aria-label={`Delete view ${view.name}`}
                onClick={() => void drop(view)}
              >
                <Trash2 size={13} aria-hidden />
              </Menu.Item>
            )}
          </div>
        ))}
        {data?.views.length === 0 && <p className="px-2.5 py-1 text-text-3">No view is kept yet.</p>}
        <div className="my-1 h-px bg-line" />
        <Menu.Item
          className={menuItem}
          onClick={() => {
            setSaving(true);
          }}
        >
          Keep this view…
        </Menu.Item>
      </MenuButton>
      <SaveViewDialog
        open={saving}
        teams={data?.teams ?? []}
        onClose={() => {
          setSaving(false);
        }}
        onSave={async (name, team) => {
          const result = await actions.keep({ page: "clusters", name, team, search: search.slice(1) });
          if (!result.ok) return result.message;
          toast("done", `View ${name} kept`);
          await refetch();
          return null;
        }}
      />
    </>
  );
}
