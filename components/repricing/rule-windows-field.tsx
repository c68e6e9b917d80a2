"use client";

import { Cross2Icon, PlusIcon } from "@radix-ui/react-icons";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { MOST_WINDOWS } from "@/lib/repricing/rule/rule-bounds-model";
import { type WindowText, windowRows, windowsText } from "@/lib/repricing/rule/schedule-text-rules";
import { draftWindows, freshWindow } from "./rule-draft";
import { useRuleForm } from "./rule-fields";

const weekdays = ["1", "2", "3", "4", "5", "6", "7"] as const;

/** The hours in which the bot works: days and two times a row. */
export function WindowsField() {
  const t = useTranslations("rule.windows");
  const { draft, errors, change } = useRuleForm();
  const shown = windowRows(draftWindows(draft));
  const write = (next: readonly WindowText[]) => change("windows", windowsText(next));
  return (
    <fieldset className="flex min-w-0 flex-col gap-2 sm:col-span-2">
      <legend className="pb-1.5 font-medium text-sm">{t("label")}</legend>
      {shown.map((row, at) => (
        <WindowRow
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name but their place.
          key={at}
          row={row}
          number={at + 1}
          onChange={(changed) => write(shown.map((one, nth) => (nth === at ? changed : one)))}
          onRemove={shown.length > 1 ? () => write(shown.filter((_, nth) => nth !== at)) : null}
        />
      ))}
      <p className={errors.windows ? "text-red text-sm" : "text-ink-faint text-sm"}>
        {errors.windows ?? t("hint")}
      </p>
      {shown.length < MOST_WINDOWS && (
        <div>
          <Button onClick={() => write([...shown, nextWindow(shown)])}>
            <PlusIcon aria-hidden="true" />
            {t("add")}
          </Button>
        </div>
      )}
    </fieldset>
  );
}

/** More hours are mostly meant for the days that have none yet. */
function nextWindow(rows: readonly WindowText[]): WindowText {
  const free = weekdays.filter((day) => rows.every(({ days }) => !days.includes(day)));
  return { ...freshWindow, days: free.join("") || weekdays.join("") };
}

type RowProps = {
  row: WindowText;
  number: number;
  onChange: (row: WindowText) => void;
  onRemove: (() => void) | null;
};

function WindowRow({ row, number, onChange, onRemove }: RowProps) {
  const t = useTranslations("rule.windows");
  const tDay = useTranslations("rule.day");
  const toggle = (day: string) => {
    const days = weekdays.filter((one) => (one === day) !== row.days.includes(one)).join("");
    onChange({ ...row, days });
  };
  return (
    <div className="flex flex-wrap items-center gap-2">
      <fieldset aria-label={t("days", { number })} className="flex">
        {weekdays.map((day) => (
          <button
            key={day}
            type="button"
            aria-pressed={row.days.includes(day)}
            onClick={() => toggle(day)}
            className={cn(
              "h-8 min-w-9 border border-line-strong px-1.5 text-sm not-first:border-l-0 first:rounded-l-md last:rounded-r-md pointer-coarse:h-10",
              row.days.includes(day) ? "bg-ink text-on-ink" : "bg-surface text-ink-soft",
            )}
          >
            {tDay(day)}
          </button>
        ))}
      </fieldset>
      <div className="flex min-w-0 items-center gap-2 max-sm:w-full">
        {(["from", "to"] as const).map((end) => (
          <Input
            key={end}
            type="time"
            name="windows"
            aria-label={t(end, { number })}
            value={row[end]}
            onChange={({ target }) => onChange({ ...row, [end]: target.value })}
            className="min-w-0 flex-1 sm:w-36 sm:flex-none"
          />
        ))}
        {onRemove && (
          <IconButton
            label={t("remove", { number })}
            icon={<Cross2Icon aria-hidden="true" />}
            onClick={onRemove}
          />
        )}
      </div>
    </div>
  );
}
