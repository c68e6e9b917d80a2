"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { create } from "./actions";
import { GroupForm } from "./group-form";

export function NewGroup() {
  const t = useTranslations("people.groups");
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button look="primary" onClick={() => setOpen(true)}>
        {t("add")}
      </Button>
      <Dialog open={open} onOpenChange={setOpen} title={t("addTitle")} className="max-w-xl">
        <GroupForm
          group={{ name: "", builtIn: null, permissions: [] }}
          act={t("create")}
          done={t("created")}
          save={create}
          onDone={() => setOpen(false)}
        />
      </Dialog>
    </>
  );
}
