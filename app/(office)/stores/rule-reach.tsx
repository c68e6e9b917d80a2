"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { RuleHistory } from "@/components/repricing/rule-history";
import { useCounted } from "@/components/use-counted";
import { putBack, ruleHistory } from "../rules/actions";
import type { StoreCardData } from "./card-data";

type Props = Pick<StoreCardData, "store" | "reach">;

/** How many products live by the store's rule, how many have their own, and how it has changed. */
export function RuleReach({ store: { id: storeId }, reach }: Props) {
  const t = useTranslations("rule.storeWide");
  const counted = useCounted();
  const listOf = (watch: "store_rule" | "own_rule") =>
    `/products?${new URLSearchParams({ store: storeId, watch })}`;
  const look = "text-blue hover:underline";
  return (
    <div className="flex flex-wrap items-center justify-between gap-2 pb-4">
      <p className="text-sm">
        <Link href={listOf("store_rule")} className={look}>
          {t("inherit", counted(reach.inherit))}
        </Link>
        {reach.deviate > 0 && (
          <>
            ,{" "}
            <Link href={listOf("own_rule")} className={look}>
              {t("deviate", counted(reach.deviate))}
            </Link>
          </>
        )}
      </p>
      <RuleHistory
        read={() => ruleHistory({ storeId })}
        putBack={(versionId, confirm) => putBack({ owner: { storeId }, versionId, confirm })}
        mayChange
      />
    </div>
  );
}
