"use client";

import { ArrowDownIcon, ArrowUpIcon } from "@radix-ui/react-icons";
import { useTranslations } from "next-intl";
import { useId } from "react";
import { IconButton } from "@/components/ui/icon-button";

type Props = {
  stores: readonly { id: string; name: string }[];
  /** Stores it does not name come after, as they are given. */
  order: readonly string[];
  onOrder: (order: string[]) => void;
};

/** Own stores in the order in which they lead. */
export function StoreOrder({ stores, order, onOrder }: Props) {
  const t = useTranslations("ownStores.settings");
  const label = useId();
  const place = ({ id }: { id: string }) => {
    const named = order.indexOf(id);
    return named === -1 ? order.length : named;
  };
  const sorted = [...stores].sort((one, other) => place(one) - place(other));
  const swap = (upper: number) => {
    const ids = sorted.map(({ id }) => id);
    const [above, below] = ids.slice(upper, upper + 2);
    if (above && below) onOrder(ids.with(upper, below).with(upper + 1, above));
  };
  return (
    <div className="flex flex-col gap-1.5">
      <p id={label} className="font-medium text-sm">
        {t("order")}
      </p>
      <ol aria-labelledby={label} className="divide-y rounded-md border">
        {sorted.map(({ id, name }, nth) => (
          <li key={id} className="flex items-center gap-2 py-0.5 pr-1 pl-3">
            <span className="w-5 text-ink-faint text-sm">{nth + 1}</span>
            <span className="min-w-0 flex-1 truncate">{name}</span>
            <IconButton
              label={t("up", { name })}
              icon={<ArrowUpIcon />}
              disabled={nth === 0}
              onClick={() => swap(nth - 1)}
            />
            <IconButton
              label={t("down", { name })}
              icon={<ArrowDownIcon />}
              disabled={nth === sorted.length - 1}
              onClick={() => swap(nth)}
            />
          </li>
        ))}
      </ol>
      <p className="text-ink-faint text-sm">{t("orderHint")}</p>
    </div>
  );
}
