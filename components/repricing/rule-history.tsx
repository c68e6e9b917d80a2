"use client";

import { useTranslations } from "next-intl";
import { lazy, Suspense, useState } from "react";
import { Button } from "@/components/ui/button";
import type { RuleHistoryProps } from "./rule-history-window";

const Window = lazy(async () => ({
  default: (await import("./rule-history-window")).RuleHistoryWindow,
}));

/** Seldom asked for: the window and what is in it come with the press. */
export function RuleHistory(props: Omit<RuleHistoryProps, "onClose">) {
  const t = useTranslations("rule.versions");
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="sm" look="ghost" onClick={() => setOpen(true)}>
        {t("open")}
      </Button>
      {open && (
        <Suspense>
          <Window {...props} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
