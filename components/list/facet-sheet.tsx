"use client";

import { SlidersHorizontal } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { FacetRail } from "./facet-rail";
import type { FacetProps } from "./facet-rail";

/** The filters on a narrow screen: behind a button. */
export function FacetSheet<F extends string>({ show, ...props }: FacetProps<F> & { show: string }) {
  const [open, setOpen] = useState(false);
  const chosen = Object.values<string[] | undefined>(props.filters).reduce(
    (sum, values) => sum + (values?.length ?? 0),
    0,
  );
  return (
    <>
      <Button
        className="lg:hidden"
        onClick={() => {
          setOpen(true);
        }}
      >
        <SlidersHorizontal size={14} aria-hidden /> Filters{chosen > 0 && ` · ${chosen}`}
      </Button>
      <Dialog
        open={open}
        onClose={() => {
          setOpen(false);
        }}
        title="Filters"
        className="top-[6vh]"
      >
        <div className="max-h-[70vh] overflow-y-auto px-2.5 pb-1">
          <FacetRail {...props} />
        </div>
        <div className="flex justify-end border-t p-2.5">
          <Button
            variant="primary"
            size="large"
            onClick={() => {
              setOpen(false);
            }}
          >
            {show}
          </Button>
        </div>
      </Dialog>
    </>
  );
}
