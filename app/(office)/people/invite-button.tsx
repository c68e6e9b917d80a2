"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { MadeLink } from "@/lib/people/model";
import { InviteForm } from "./invite-form";
import { LinkOnce } from "./link-once";

type Made = { email: string; link: MadeLink };

export function InviteButton() {
  const t = useTranslations("people.invite");
  const [open, setOpen] = useState(false);
  const [made, setMade] = useState<Made | null>(null);
  const change = (next: boolean) => {
    setMade(null);
    setOpen(next);
  };
  return (
    <>
      <Button look="primary" onClick={() => change(true)}>
        {t("act")}
      </Button>
      <Dialog
        open={open}
        onOpenChange={change}
        title={made ? t("linkTitle", { email: made.email }) : t("title")}
        lead={t("lead")}
      >
        {made ? (
          <div className="flex flex-col gap-4">
            <LinkOnce made={made.link} mailed={t("mailed")} />
            <div className="flex justify-end">
              <Button look="primary" onClick={() => change(false)}>
                {t("done")}
              </Button>
            </div>
          </div>
        ) : (
          <InviteForm onMade={setMade} />
        )}
      </Dialog>
    </>
  );
}
