"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import type { DueChips } from "./task-line";

type Props = { due: string; chips: DueChips; onChange: (due: string) => void };

const names = ["today", "tomorrow", "week"] as const;

/** A deadline by a press; any other is typed. */
export function DueField({ due, chips, onChange }: Props) {
  const t = useTranslations("tasks.quick");
  return (
    <fieldset className="flex flex-wrap items-center gap-1.5">
      <legend className="sr-only">{t("due")}</legend>
      <Button
        size="sm"
        look={due === "" ? "secondary" : "ghost"}
        aria-pressed={due === ""}
        onClick={() => onChange("")}
      >
        {t("chips.none")}
      </Button>
      {names.map((name) => {
        const chip = chips[name];
        if (chip === null) return null;
        return (
          <Button
            key={name}
            size="sm"
            look={due === chip ? "secondary" : "ghost"}
            aria-pressed={due === chip}
            onClick={() => onChange(chip)}
          >
            {t(`chips.${name}`)}
          </Button>
        );
      })}
      <Input
        name="due"
        type="datetime-local"
        aria-label={t("due")}
        value={due}
        onChange={({ target }) => onChange(target.value)}
        className="h-7 w-48 text-sm"
      />
    </fieldset>
  );
}
