"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { add } from "./actions";
import { RecipientForm } from "./recipient-form";

const nobody = { email: "", fullName: "", comment: "", tags: [] };

export function AddRecipient() {
  const t = useTranslations("recipients");
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button look="primary" onClick={() => setOpen(true)}>
        {t("add")}
      </Button>
      <Dialog open={open} onOpenChange={setOpen} title={t("form.add")}>
        <RecipientForm
          values={nobody}
          save={add}
          saved={t("form.added")}
          after={() => setOpen(false)}
        />
      </Dialog>
    </>
  );
}
