"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { KeyForm } from "./key-form";
import { KeyOnce } from "./key-once";

/** The button, the questions, and the key itself, this once: so it stays where it is when the list comes. */
export function NewKey() {
  const t = useTranslations("keys");
  const [open, setOpen] = useState(false);
  const [made, setMade] = useState<string | null>(null);
  const change = (next: boolean) => {
    setMade(null);
    setOpen(next);
  };
  return (
    <>
      <Button look="primary" onClick={() => change(true)}>
        {t("create")}
      </Button>
      <Dialog
        open={open}
        onOpenChange={change}
        title={t(made ? "made.title" : "form.title")}
        lead={t(made ? "made.lead" : "form.lead")}
      >
        {made ? (
          <KeyOnce value={made} onKept={() => change(false)} />
        ) : (
          <KeyForm onMade={setMade} />
        )}
      </Dialog>
    </>
  );
}
