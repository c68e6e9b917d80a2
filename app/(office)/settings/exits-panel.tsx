"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Panel } from "@/components/panel";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { ExitView } from "@/lib/exits/model";
import { ExitRow } from "./exit-row";
import { NewExit } from "./new-exit";

/** The addresses the market is read from. */
export function ExitsPanel({ exits }: { exits: ExitView[] }) {
  const t = useTranslations("settings.exits");
  const [adding, setAdding] = useState(false);
  return (
    <Panel
      className="xl:col-span-2"
      title={t("title")}
      aside={
        <Button size="sm" onClick={() => setAdding(true)}>
          {t("add")}
        </Button>
      }
    >
      <p className="text-ink-soft">{t("lead")}</p>
      <ul className="flex flex-col">
        {exits.map((exit) => (
          <ExitRow key={exit.id} exit={exit} />
        ))}
      </ul>
      <Dialog open={adding} onOpenChange={setAdding} title={t("newTitle")} lead={t("newLead")}>
        <NewExit onAdded={() => setAdding(false)} />
      </Dialog>
    </Panel>
  );
}
