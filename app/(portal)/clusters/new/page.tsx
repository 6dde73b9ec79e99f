import type { Metadata } from "next";
import { NewClusterView } from "@/components/new-cluster/new-cluster-view";
import { getNewClusterForm } from "@/lib/queries/new-cluster-form";
import { readContext } from "@/lib/server/session";
import { createClusterAction, previewClusterAction } from "./actions";

export const metadata: Metadata = { title: "New cluster" };

export default async function NewClusterPage() {
  const ctx = await readContext();
  return (
    <NewClusterView
      form={await getNewClusterForm(ctx)}
      login={ctx.actor.login}
      now={ctx.now.toISOString()}
      preview={previewClusterAction}
      create={createClusterAction}
    />
  );
}
