"use client";

import { Cross2Icon } from "@radix-ui/react-icons";
import { useLocale, useTranslations } from "next-intl";
import { lazy, Suspense, useState } from "react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { useCounted } from "@/components/use-counted";
import { formatNumber } from "@/lib/i18n/money";
import type { ProductChoice } from "@/lib/products/model";
import { useSelection } from "../selection";
import { type BulkButton, bulkKinds, selectionInput } from "./bulk-kinds";

const NewPreordersWindow = lazy(async () => ({
  default: (await import("../../preorders/new-preorders-window")).NewPreordersWindow,
}));
const BulkWindow = lazy(async () => ({ default: (await import("./bulk-window")).BulkWindow }));

type Props = { choice: ProductChoice; total: number };

/** Appears with a selection: what is selected, all of the filter, and what can be done with it. */
export function BulkBar({ choice, total }: Props) {
  const t = useTranslations("list.bulk");
  const locale = useLocale();
  const counted = useCounted();
  const selection = useSelection();
  const [asked, setAsked] = useState<BulkButton | "preorder" | null>(null);
  const { kind, count } = selection;
  if (count === 0) return null;
  return (
    <section
      aria-label={t("label")}
      className="flex shrink-0 animate-appear flex-wrap items-center gap-x-4 gap-y-2 rounded-lg border bg-raised px-3 py-2 shadow-pop max-md:sticky max-md:bottom-16 max-md:z-20 max-md:gap-x-2"
    >
      <p aria-live="polite" className="font-medium">
        {t(kind === "all" ? "selectedAll" : "selected", counted(count))}
      </p>
      {count < total && (
        <Button size="sm" look="ghost" onClick={selection.takeAll} className="text-blue">
          {t("takeAll", { total: formatNumber(total, locale) })}
        </Button>
      )}
      {/* The changes of prices fill their line. */}
      <Button size="sm" onClick={() => setAsked("preorder")} className="max-md:hidden">
        {t("preorder")}
      </Button>
      <IconButton
        label={t("clear")}
        icon={<Cross2Icon />}
        onClick={selection.clear}
        className="size-7 max-md:ml-auto md:order-last"
      />
      {/* On a phone one row that is pushed sideways: the list keeps the screen. */}
      <div className="flex gap-2 max-md:-mx-3 max-md:w-[calc(100%+1.5rem)] max-md:overflow-x-auto max-md:px-3 max-md:py-1 md:ml-auto md:flex-wrap">
        {bulkKinds.map((button) => (
          <Button key={button} size="sm" onClick={() => setAsked(button)} className="shrink-0">
            {t(`button.${button}`)}
          </Button>
        ))}
        <Button size="sm" onClick={() => setAsked("preorder")} className="md:hidden">
          {t("preorder")}
        </Button>
      </div>
      {asked === "preorder" && (
        <Suspense>
          <NewPreordersWindow
            count={count}
            selection={selectionInput(selection, choice)}
            onClose={() => setAsked(null)}
            onMade={selection.clear}
          />
        </Suspense>
      )}
      {asked && asked !== "preorder" && (
        <Suspense>
          <BulkWindow
            key={asked}
            button={asked}
            count={count}
            selection={selectionInput(selection, choice)}
            onClose={() => setAsked(null)}
            onStarted={selection.clear}
          />
        </Suspense>
      )}
    </section>
  );
}
