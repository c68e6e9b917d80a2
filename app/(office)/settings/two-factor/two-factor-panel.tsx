"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Panel } from "@/components/panel";
import { TimeAgo } from "@/components/time-ago";
import { StatusDot } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { TwoFactor } from "@/lib/auth/two-factor-model";
import { EnableTwoFactor } from "./enable-two-factor";
import { RenewCodes } from "./renew-codes";
import { TurnTwoFactorOff } from "./turn-two-factor-off";

type Window = "on" | "off" | "renew";

const windows = { on: EnableTwoFactor, off: TurnTwoFactorOff, renew: RenewCodes };

/** The second step of one's own login. */
export function TwoFactorPanel({ twoFactor }: { twoFactor: TwoFactor }) {
  const t = useTranslations("settings.twoFactor");
  const [open, setOpen] = useState<Window | null>(null);
  const close = () => setOpen(null);
  const Inside = open && windows[open];
  const title = { on: "beginTitle", off: "offTitle", renew: "renew" } as const;
  return (
    <Panel title={t("title")}>
      {twoFactor ? (
        <>
          <div className="flex flex-wrap gap-x-4 gap-y-1">
            <StatusDot tone="green">
              <span>{t.rich("on", { when: () => <TimeAgo at={twoFactor.since} /> })}</span>
            </StatusDot>
            <span className={twoFactor.codesLeft > 2 ? "text-ink-soft" : "text-amber"}>
              {t("left", { count: twoFactor.codesLeft })}
            </span>
          </div>
          <div className="flex flex-wrap justify-end gap-2">
            <Button onClick={() => setOpen("renew")}>{t("renew")}</Button>
            <Button onClick={() => setOpen("off")}>{t("turnOff")}</Button>
          </div>
        </>
      ) : (
        <>
          <p className="text-ink-soft">{t("offText")}</p>
          <div className="flex justify-end">
            <Button look="primary" onClick={() => setOpen("on")}>
              {t("turnOn")}
            </Button>
          </div>
        </>
      )}
      <Dialog
        open={open !== null}
        onOpenChange={(next) => !next && close()}
        title={t(title[open ?? "on"])}
      >
        {Inside && <Inside onDone={close} />}
      </Dialog>
    </Panel>
  );
}
