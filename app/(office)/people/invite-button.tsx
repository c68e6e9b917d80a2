"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { MadeLink } from "@/lib/people/model";
import { InviteForm } from "./invite-form";
import { LinkOnce } from "./link-once";
import type { GroupChoice } from "./person-line";

type Made = { email: string; link: MadeLink };

type Props = { groups: readonly GroupChoice[]; usual: readonly string[] };

export function InviteButton({ groups, usual }: Props) {
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
          <InviteForm groups={groups} usual={usual} onMade={setMade} />
        )}
      </Dialog>
    </>
  );
}
