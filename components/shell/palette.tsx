"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Command } from "cmdk";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { queries } from "@/lib/client/queries";
import { StatusMark } from "@/components/status/status-mark";
import { Dialog } from "@/components/ui/dialog";
import { NavIcon } from "./nav-icon";
import { pages } from "./pages";
import { useShell } from "./shell-context";

const newCluster = { href: "/clusters/new", label: "New cluster", icon: "clusters" as const };

const item =
  "flex h-[34px] cursor-default items-center gap-2.5 rounded-md px-2.5 data-[selected=true]:bg-hover whitespace-nowrap";
const group =
  "[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-text-3";

/** ⌘K: type a part of a name or number, press Enter, be there. */
export function Palette() {
  const { overlay, show } = useShell();
  return (
    <Dialog
      open={overlay === "palette"}
      onClose={() => {
        show(null);
      }}
      title="Search or jump to"
      titleHidden
    >
      <PaletteBody
        onDone={() => {
          show(null);
        }}
      />
    </Dialog>
  );
}

function PaletteBody({ onDone }: { onDone: () => void }) {
  const router = useRouter();
  const [text, setText] = useState("");
  const found = useFound(text.trim());
  const shell = useQuery(queries.shell()).data;
  const go = (href: string) => () => {
    onDone();
    router.push(href);
  };
  const places: Pick<(typeof pages)[number], "href" | "label" | "icon">[] = [
    ...pages,
    ...(shell?.canRequest ? [newCluster] : []),
  ].filter(({ label }) => label.toLowerCase().includes(text.trim().toLowerCase()));
  const sha = /^[0-9a-f]{7,40}$/.exec(text.trim().toLowerCase())?.[0];
  if (sha !== undefined)
    places.unshift({ href: `/commits/${sha}`, label: `Commit ${sha.slice(0, 7)}`, icon: "commits" });
  return (
    <Command shouldFilter={false} label="Search or jump to" loop>
      <Command.Input
        autoFocus
        value={text}
        onValueChange={setText}
        placeholder="Cluster, change or page…"
        className="h-[46px] w-full border-b border-line bg-transparent px-4 text-lg outline-none placeholder:text-text-3"
      />
      <Command.List className="max-h-[50vh] overflow-y-auto p-1.5">
        <Command.Empty className="px-2.5 py-6 text-center text-text-2">Nothing has this name.</Command.Empty>
        {found.clusters.length > 0 && (
          <Command.Group heading="Clusters" className={group}>
            {found.clusters.map((row) => (
              <Command.Item
                key={row.id}
                value={row.id}
                onSelect={go(`/clusters/${row.slug}`)}
                className={item}
              >
                <StatusMark mark={row.mark} />
                <span className="font-[540]">{row.name}</span>
                <span className="truncate text-text-3">
                  {[row.environment, row.region, row.team].filter(Boolean).join(" · ")}
                </span>
                <span className="mono ml-auto text-text-3">{row.observedVersion ?? row.desiredVersion}</span>
              </Command.Item>
            ))}
          </Command.Group>
        )}
        {found.changes.length > 0 && (
          <Command.Group heading="Changes" className={group}>
            {found.changes.map((row) => (
              <Command.Item
                key={row.number}
                value={`#${row.number}`}
                onSelect={go(`/changes/${row.number}`)}
                className={item}
              >
                <StatusMark mark={row.mark} />
                <span className="mono text-text-3">#{row.number}</span>
                <span className="truncate">{row.title}</span>
              </Command.Item>
            ))}
          </Command.Group>
        )}
        {places.length > 0 && (
          <Command.Group heading="Pages" className={group}>
            {places.map((page) => (
              <Command.Item key={page.href} value={page.href} onSelect={go(page.href)} className={item}>
                <NavIcon name={page.icon} /> {page.label}
              </Command.Item>
            ))}
          </Command.Group>
        )}
      </Command.List>
    </Command>
  );
}

function useFound(text: string) {
  const asked = text !== "";
  const clusters = useQuery({
    ...queries.clusters({ text, filters: {}, sort: "state", descending: false, page: 1, pageSize: 8 }),
    placeholderData: keepPreviousData,
    enabled: asked,
  });
  const changes = useQuery({
    ...queries.changes({ state: "all", text: text.replace(/^#/, ""), page: 1, pageSize: 50 }),
    placeholderData: keepPreviousData,
    enabled: asked,
  });
  return {
    clusters: asked ? (clusters.data?.rows ?? []) : [],
    changes: asked ? (changes.data?.rows.slice(0, 6) ?? []) : [],
  };
}
