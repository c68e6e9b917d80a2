"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { DecisionDetails } from "@/components/repricing/decision-details";
import { PriceChange } from "@/components/repricing/price-change";
import { StatusDot } from "@/components/ui/badge";
import { SidePanel } from "@/components/ui/side-panel";
import type { LedgerLine } from "./ledger-line";
import { MarketThen } from "./market-then";
import { UndoButton } from "./undo/undo-window";

type Props = { line: LedgerLine; onClose: () => void };

/** One decision beside the list: the whole sentence, how it came to it, the market it saw. */
export function DecisionPanel({ line, onClose }: Props) {
  const t = useTranslations("ledger");
  const { words, change, difference, runId } = line;
  return (
    <SidePanel
      open
      onClose={onClose}
      title={line.productName}
      lead={[line.sku, line.where].filter(Boolean).join(" · ")}
    >
      <div className="flex flex-col gap-4">
        <div className="flex flex-col gap-1">
          {change && (
            <p className="font-semibold text-lg">
              <PriceChange {...change} />
              {difference && (
                <span className="ml-2 font-normal text-base text-ink-soft">
                  {difference.amount}, {difference.percent}
                </span>
              )}
            </p>
          )}
          <p>{words.text}</p>
          {words.fate && (
            <p className="text-ink-soft text-sm">
              <StatusDot tone={words.fate.tone} live={words.fate.live}>
                <span className="whitespace-normal">{words.fate.text}</span>
              </StatusDot>
            </p>
          )}
        </div>
        <DecisionDetails line={line} />
        <p className="flex flex-wrap gap-x-4 gap-y-1 text-blue text-sm [&_a:hover]:underline">
          <Link href={`/products/${line.productId}`}>{t("links.product")}</Link>
          <Link href={`/decisions?product=${line.productId}`}>{t("links.history")}</Link>
          {runId && <Link href={`/decisions/runs/${runId}`}>{t("links.run")}</Link>}
          {line.isAsked && <Link href="/approvals">{t("links.answer")}</Link>}
        </p>
        {line.mayUndo && (
          <div>
            <UndoButton target={{ decisionId: line.id }} label="buttonOne" />
          </div>
        )}
        <MarketThen decisionId={line.id} />
      </div>
    </SidePanel>
  );
}
