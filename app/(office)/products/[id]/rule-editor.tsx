"use client";

import { useTranslations } from "next-intl";
import { type ComponentProps, lazy, Suspense, useState } from "react";
import { Button } from "@/components/ui/button";
import type { RuleWindow } from "./rule-window";

const Window = lazy(async () => ({ default: (await import("./rule-window")).RuleWindow }));

type Props = Omit<ComponentProps<typeof RuleWindow>, "onClose"> & {
  /** On the button; «Изменить» without. */
  label?: string;
};

/** The form is long and seldom asked for: it is fetched with the first click. */
export function RuleEditor({ label, ...props }: Props) {
  const t = useTranslations("products.product.rule");
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="sm" onClick={() => setOpen(true)}>
        {label ?? t("edit")}
      </Button>
      {open && (
        <Suspense>
          <Window {...props} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
