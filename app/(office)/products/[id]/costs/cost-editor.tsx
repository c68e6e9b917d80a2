"use client";

import { useTranslations } from "next-intl";
import { type ComponentProps, lazy, Suspense, useState } from "react";
import { Button } from "@/components/ui/button";
import type { CostWindow } from "./cost-window";

const Window = lazy(async () => ({ default: (await import("./cost-window")).CostWindow }));

type Props = Omit<ComponentProps<typeof CostWindow>, "onClose">;

/** The form is fetched with the first click. */
export function CostEditor(props: Props) {
  const t = useTranslations("costs.form");
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="sm" onClick={() => setOpen(true)}>
        {t("edit")}
      </Button>
      {open && (
        <Suspense>
          <Window {...props} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
