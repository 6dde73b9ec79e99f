"use client";

import { parseAsString, useQueryState } from "nuqs";
import { useState } from "react";
import type { NewClusterForm } from "@/lib/queries/views";
import { PageBody } from "@/components/shell/page-body";
import { PageHeader } from "@/components/shell/page-header";
import { EmptyState } from "@/components/ui/empty-state";
import type { CreateAction, PreviewAction, Values } from "./contracts";
import { initialValues } from "./initial-values";
import { RequestForm } from "./request-form";

interface Props {
  form: NewClusterForm;
  login: string;
  now: string;
  preview: PreviewAction;
  create: CreateAction;
}

/** Asks for a cluster: the form at the left, what it would change at the right, one pull request at the end. */
export function NewClusterView({ form, login, now, preview, create }: Props) {
  const [name, setName] = useQueryState("template", parseAsString);
  const [typed, setTyped] = useState<Values>({});
  const template = form.templates.find((each) => each.name === name) ?? form.templates[0];
  return (
    <>
      <PageHeader title="New cluster" parent={{ href: "/clusters", label: "Clusters" }} />
      <PageBody>
        {form.unavailable !== null || !template ? (
          <EmptyState title="No cluster can be asked for now">
            {form.unavailable ??
              "The fleet repository holds no usable template (templates/<name>/template.yaml)."}
          </EmptyState>
        ) : (
          <RequestForm
            key={template.name}
            form={form}
            login={login}
            now={now}
            template={template}
            start={initialValues(template, { form, login, now }, typed)}
            preview={preview}
            create={create}
            onTemplate={(next, values) => {
              setTyped((before) => ({ ...before, ...values }));
              void setName(next);
            }}
          />
        )}
      </PageBody>
    </>
  );
}
