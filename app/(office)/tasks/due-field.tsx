"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";

type Chips = Record<"today" | "tomorrow" | "week", string>;
type Props = { due: string; chips: Chips; onChange: (due: string) => void };

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
      {names.map((name) => (
        <Button
          key={name}
          size="sm"
          look={due === chips[name] ? "secondary" : "ghost"}
          aria-pressed={due === chips[name]}
          onClick={() => onChange(chips[name])}
        >
          {t(`chips.${name}`)}
        </Button>
      ))}
      <Input
        type="datetime-local"
        aria-label={t("due")}
        value={due}
        onChange={({ target }) => onChange(target.value)}
        className="h-7 w-48 text-sm"
      />
    </fieldset>
  );
}
