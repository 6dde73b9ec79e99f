"use client";

import { Menu } from "@base-ui/react/menu";
import { Check, ChevronDown } from "lucide-react";
import type { ReactNode } from "react";
import { clusterFacets, type ClusterFacet } from "@/lib/queries/views";
import { buttonClass } from "@/components/ui/button";
import { menuItem, menuPopup } from "@/components/ui/menu-classes";
import { columnIds, columnWords } from "./column-choice";
import { facetWords } from "./facet-words";

/** A button that opens a menu below it. */
export function MenuButton({ label, children }: { label: ReactNode; children: ReactNode }) {
  return (
    <Menu.Root>
      <Menu.Trigger className={buttonClass()}>
        {label} <ChevronDown size={13} aria-hidden />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner align="end" sideOffset={6} className="z-50 outline-none">
          <Menu.Popup className={`${menuPopup} max-h-[70vh] min-w-[200px] overflow-y-auto`}>
            {children}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

interface ColumnsProps {
  shown: ReadonlySet<string>;
  onChange: (columns: string[]) => void;
}

/** Which columns the list has. */
export function ColumnsMenu({ shown, onChange }: ColumnsProps) {
  return (
    <MenuButton label="Columns">
      {columnIds.map((id) => (
        <Menu.CheckboxItem
          key={id}
          className={menuItem}
          closeOnClick={false}
          checked={shown.has(id)}
          onCheckedChange={(on) => {
            onChange(columnIds.filter((one) => (one === id ? on : shown.has(one))));
          }}
        >
          <Mark />
          {columnWords[id]}
        </Menu.CheckboxItem>
      ))}
    </MenuButton>
  );
}

interface GroupProps {
  group: ClusterFacet | undefined;
  onChange: (group: ClusterFacet | null) => void;
}

/** By what rows stand together. */
export function GroupMenu({ group, onChange }: GroupProps) {
  return (
    <MenuButton label={group ? `Grouped by ${facetWords[group].toLowerCase()}` : "Group"}>
      <Menu.RadioGroup
        value={group ?? ""}
        onValueChange={(value: string) => {
          onChange(clusterFacets.find((facet) => facet === value) ?? null);
        }}
      >
        {["", ...clusterFacets].map((facet) => (
          <Menu.RadioItem key={facet} value={facet} className={menuItem} closeOnClick>
            <Mark radio />
            {facet === "" ? "Not grouped" : facetWords[facet as ClusterFacet]}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </MenuButton>
  );
}

function Mark({ radio = false }: { radio?: boolean }) {
  const Indicator = radio ? Menu.RadioItemIndicator : Menu.CheckboxItemIndicator;
  return (
    <span className="grid size-3.5 flex-none place-items-center">
      <Indicator>
        <Check size={13} aria-hidden />
      </Indicator>
    </span>
  );
}

/** The list as a file: what matches now, all pages of it. `search` is the address, "" or "?…". */
export function ExportMenu({ search }: { search: string }) {
  const href = (format: string) =>
    `/api/v1/clusters/export?format=${format}${search === "" ? "" : `&${search.slice(1)}`}`;
  return (
    <MenuButton label="Export">
      {["csv", "json"].map((format) => (
        <Menu.Item key={format} className={menuItem} render={<a href={href(format)} download />}>
          {format.toUpperCase()}
        </Menu.Item>
      ))}
    </MenuButton>
  );
}
