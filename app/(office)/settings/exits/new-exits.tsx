"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { NewExit } from "./new-exit";
import { PasteExits } from "./paste-exits";

/** One proxy with care, or a whole list. */
export function NewExits() {
  const t = useTranslations("settings.exits");
  const [adding, setAdding] = useState<"one" | "many" | null>(null);
  const close = (open: boolean) => !open && setAdding(null);
  return (
    <div className="flex flex-wrap gap-2">
      <Button onClick={() => setAdding("many")}>{t("paste")}</Button>
      <Button look="primary" onClick={() => setAdding("one")}>
        {t("add")}
      </Button>
      <Dialog
        open={adding === "one"}
        onOpenChange={close}
        title={t("newTitle")}
        lead={t("newLead")}
      >
        <NewExit onAdded={() => setAdding(null)} />
      </Dialog>
      <Dialog
        open={adding === "many"}
        onOpenChange={close}
        title={t("pasteTitle")}
        lead={t("pasteLead")}
      >
        <PasteExits onDone={() => setAdding(null)} />
      </Dialog>
    </div>
  );
}
