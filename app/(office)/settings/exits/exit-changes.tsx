"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { FormOutcome } from "@/components/ui/use-form-save";
import type { ExitInPool } from "@/lib/exits/model";
import { SettingsForm } from "../settings-form";
import { useTyped } from "../use-typed";
import { labelExit, paceExit, removeExit } from "./actions";

type Props = { exit: ExitInPool; name: string };

export function PaceExit({ exit, name }: Props) {
  const t = useTranslations("settings.exits");
  const typed = useTyped();
  return (
    <Change
      words={t("changePace")}
      title={t("paceOf", { name })}
      save={({ readsPerSecond = "" }) => paceExit({ exitId: exit.id, readsPerSecond })}
      saved={t("paceSaved")}
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
    </Change>
  );
}

export function LabelExit({ exit, name }: Props) {
  const t = useTranslations("settings.exits");
  return (
    <Change
      words={t("rename")}
      title={t("renameOf", { name })}
      save={({ name: label = "" }) => labelExit({ exitId: exit.id, name: label })}
      saved={t("renamed")}
      act={t("saveName")}
    >
      {(errors) => (
        <Field label={t("name")} hint={t("nameHint")} error={errors.name}>
          {(wiring) => <Input {...wiring} name="name" autoComplete="off" defaultValue={name} />}
        </Field>
      )}
    </Change>
  );
}

type ChangeProps = {
  words: string;
  title: string;
  save: (values: Record<string, string>) => Promise<FormOutcome>;
  saved: string;
  act: string;
  children: (errors: Record<string, string>) => ReactNode;
};

function Change({ words, title, save, saved, act, children }: ChangeProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="sm" aria-label={title} onClick={() => setOpen(true)}>
        {words}
      </Button>
      <Dialog open={open} onOpenChange={setOpen} title={title}>
        <SettingsForm save={save} saved={saved} after={() => setOpen(false)} act={act}>
          {children}
        </SettingsForm>
      </Dialog>
    </>
  );
}

export function RemoveExit({ exitId, name }: { exitId: string; name: string }) {
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
