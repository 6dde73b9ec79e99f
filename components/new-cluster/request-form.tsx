"use client";

import { useState } from "react";
import { FormProvider, useForm, useWatch } from "react-hook-form";
import type { Failure } from "@/lib/domain/result";
import type { NewClusterForm, TemplateView } from "@/lib/queries/views";
import type { CreateAction, PreviewAction, Values } from "./contracts";
import { FieldGroups } from "./field-groups";
import { fieldGroups, fieldId, pathOfPicker } from "./field-spec";
import type { FieldGroup } from "./field-spec";
import { FormContext } from "./form-context";
import { FormFooter } from "./form-footer";
import { PreviewCard } from "./preview-card";
import { TemplateCards } from "./template-cards";
import { usePreview } from "./use-preview";
import { contentOf, useSubmission } from "./use-submission";

interface Props {
  form: NewClusterForm;
  login: string;
  now: string;
  template: TemplateView;
  start: Values;
  preview: PreviewAction;
  create: CreateAction;
  onTemplate: (name: string, typed: Values) => void;
}

const parameterPrefix = "parameters.";

/** The form of one template. What was typed stays whatever the server answers. */
export function RequestForm({ form, login, now, template, start, preview, create, onTemplate }: Props) {
  const methods = useForm<Values>({ defaultValues: start });
  const values = useWatch({ control: methods.control });
  const [tried, setTried] = useState(false);
  const state = usePreview(template.name, values, preview);
  const { submit, busy, verdict } = useSubmission(create);
  const groups = fieldGroups(template.schema);
  const refused = verdict?.content === contentOf(template.name, values) ? fieldErrorsOf(verdict.failure) : {};
  const errors = Object.keys(refused).length > 0 ? refused : (state.preview?.errors ?? {});
  const expiry = values[pathOfPicker(groups, "expiry") ?? ""];
  // The preview may be behind what is typed: only the server says whether these very values can be asked for.
  const send = async () => {
    setTried(true);
    const failure = await submit(template.name, methods.getValues());
    if (!failure?.fieldErrors) return;
    focusFirst(groups, fieldErrorsOf(failure));
    state.refresh();
  };
  return (
    <FormProvider {...methods}>
      <FormContext
        value={{
          form,
          login,
          now,
          errors,
          tried,
          regionPath: pathOfPicker(groups, "region"),
          versionPath: pathOfPicker(groups, "version"),
        }}
      >
        <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-5 lg:grid-cols-[minmax(380px,520px)_minmax(0,1fr)]">
          <form
            noValidate
            aria-label="New cluster"
            className="max-lg:contents"
            onSubmit={(event) => {
              event.preventDefault();
              void send();
            }}
          >
            <div>
              <TemplateCards
                templates={form.templates}
                value={template.name}
                onChange={(name) => {
                  onTemplate(name, methods.getValues());
                }}
              />
              <FieldGroups groups={groups} />
            </div>
            <FormFooter
              toFix={Object.keys(errors).length}
              busy={busy}
              failure={toShow(verdict?.failure ?? null, refused)}
              cost={state.preview?.cost ?? null}
              handBack={typeof expiry === "string" && expiry !== "" ? expiry : null}
            />
          </form>
          <div className="lg:sticky lg:top-[62px]">
            <PreviewCard {...state} values={values} calm={!tried && !methods.formState.isDirty} />
          </div>
        </div>
      </FormContext>
    </FormProvider>
  );
}

/** Brings the first wrong field into view, once its group is open. */
function focusFirst(groups: FieldGroup[], errors: Record<string, string>): void {
  const top = groups.flatMap(({ fields }) => fields.map(({ path }) => path));
  const place = (path: string) => top.indexOf(path.split(".")[0] ?? "");
  const [first] = Object.keys(errors).sort((a, b) => place(a) - place(b));
  if (first === undefined) return;
  setTimeout(() => document.getElementById(fieldId(first))?.focus(), 0);
}

/** What the server says to the fields, by their paths in the form. */
function fieldErrorsOf({ fieldErrors = {} }: Failure): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fieldErrors).map(([path, sentence]) => [
      path.startsWith(parameterPrefix) ? path.slice(parameterPrefix.length) : path,
      sentence,
    ]),
  );
}

/** What is wrong with fields is said until they change; what went wrong otherwise, until the next try. */
function toShow(failure: Failure | null, refused: Record<string, string>): Failure | null {
  return failure?.fieldErrors && Object.keys(refused).length === 0 ? null : failure;
}
