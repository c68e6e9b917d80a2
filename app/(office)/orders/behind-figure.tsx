import Link from "next/link";
import { useTranslations } from "next-intl";
import { Notice } from "@/components/ui/notice";
import type { OrderFilter } from "@/lib/orders/address";

/** Whether the list was asked for by a figure of the sales. */
export const isBehind = ({ outcome, payment, delivery, category, line }: OrderFilter) =>
  [outcome, payment, delivery, category, line].some((one) => one !== undefined);

/** Says that the list is of the orders behind a figure alone: no filter on the page shows that. */
export function BehindFigure() {
  const t = useTranslations("orders.behind");
  return (
    <Notice>
      {t("text")}{" "}
      <Link href="/orders?tab=all" className="text-blue underline underline-offset-2">
        {t("all")}
      </Link>
    </Notice>
  );
}
