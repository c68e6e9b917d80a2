"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { TimeAgo } from "@/components/time-ago";
import { StatusDot } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { useClock } from "@/components/ui/clock";
import { Confirm } from "@/components/ui/confirm";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Switch } from "@/components/ui/switch";
import type { ExitView } from "@/lib/exits/model";
import { formatNumber } from "@/lib/i18n/money";
import { paceExit, removeExit, turnExit } from "./actions";
import { SettingsForm } from "./settings-form";
import { useTyped } from "./use-typed";

type Props = { exit: ExitView };

export function ExitRow({ exit }: Props) {
  const t = useTranslations("settings.exits");
  const locale = useLocale();
  const name = exit.name ?? t("own");
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-t py-2.5 last:pb-0">
      <div className="min-w-0">
        <p className="font-medium">{name}</p>
        <p className="flex flex-wrap gap-x-3 text-ink-soft text-sm">
          <State exit={exit} />
          <span>{t("pace", { pace: formatNumber(exit.readsPerSecond, locale) })}</span>
        </p>
      </div>
      <div className="flex items-center gap-2">
        <Pace exit={exit} name={name} />
        {exit.name !== null && <Remove exitId={exit.id} name={name} />}
        <Switch
          on={exit.isActive}
          label={t("switch", { name })}
          save={(isActive) => turnExit({ exitId: exit.id, isActive })}
        />
      </div>
    </li>
  );
}

function State({ exit }: Props) {
  const t = useTranslations("settings.exits");
  const now = useClock();
  const { isActive, restingUntil, restReason } = exit;
  if (!isActive) return <StatusDot>{t("off")}</StatusDot>;
  if (restingUntil !== null && restingUntil.getTime() > now)
    return (
      <StatusDot tone="amber">
        <span className="whitespace-normal">
          {t.rich("resting", {
            why: restReason ?? "other",
            when: () => <TimeAgo at={restingUntil} />,
          })}
        </span>
      </StatusDot>
    );
  return <StatusDot tone="green">{t("works")}</StatusDot>;
}

function Pace({ exit, name }: Props & { name: string }) {
  const t = useTranslations("settings.exits");
  const typed = useTyped();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="sm" aria-label={t("paceOf", { name })} onClick={() => setOpen(true)}>
        {t("changePace")}
      </Button>
      <Dialog open={open} onOpenChange={setOpen} title={t("paceOf", { name })}>
        <SettingsForm
          save={({ readsPerSecond = "" }) => paceExit({ exitId: exit.id, readsPerSecond })}
          saved={t("paceSaved")}
          after={() => setOpen(false)}
          act={t("savePace")}
        >
          {(errors) => (
            <Field label={t("reads")} hint={t("readsHint")} error={errors.readsPerSecond}>
              {(wiring) => (
                <Input
                  {...wiring}
                  name="readsPerSecond"
                  inputMode="decimal"
                  defaultValue={typed(exit.readsPerSecond)}
                />
              )}
            </Field>
          )}
        </SettingsForm>
      </Dialog>
    </>
  );
}

function Remove({ exitId, name }: { exitId: string; name: string }) {
  const t = useTranslations("settings.exits");
  return (
    <Confirm
      trigger={
        <Button size="sm" look="ghost" aria-label={t("removeOf", { name })}>
          {t("remove")}
        </Button>
      }
      title={t("removeTitle", { name })}
      act={t("remove")}
      danger
      onAct={() => removeExit({ exitId })}
    >
      {t("removeText")}
    </Confirm>
  );
}
