"use client";

import { functionalUpdate, type RowSelectionState } from "@tanstack/react-table";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useMemo, useRef, useState } from "react";
import { SelectPage } from "@/components/select-boxes";
import { Button } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table";
import { useCounted } from "@/components/use-counted";
import { AnsweringContext, approvalColumns, isAnswerable } from "./approval-columns";
import type { ApprovalLine } from "./approval-line";
import { SaidList } from "./said-list";
import { type Answer, useAnswers } from "./use-answers";
import { useNextFocus } from "./use-next-focus";

type Props = {
  lines: ApprovalLine[];
  /** How many wait in all. */
  total: number;
};

/** Prices that wait for a yes or a no, one by one or many at once. */
export function ApprovalsTable({ lines, total }: Props) {
  const t = useTranslations("approvals");
  const tColumns = useTranslations("approvals.columns");
  const counted = useCounted();
  const columns = useMemo(() => approvalColumns(tColumns), [tColumns]);
  const [ticked, setTicked] = useState<RowSelectionState>({});
  const { said, busy, pending, one, many } = useAnswers();
  const chosen = lines.filter((line) => ticked[line.decisionId] && isAnswerable(line));
  const area = useRef<HTMLDivElement>(null);
  const leave = useNextFocus(area, { lines, pending });
  const answer = (line: ApprovalLine, given: Answer) => {
    leave(line.decisionId);
    one(line, given);
  };
  const answering = { busy, pending, answer };
  const answerChosen = (given: Answer) => {
    const ids = chosen.map(({ decisionId }) => decisionId);
    leave(ids[0] ?? "");
    many(ids, given, () => setTicked({}));
  };
  return (
    <AnsweringContext value={answering}>
      <SaidList said={said} />
      {lines.length > 0 && (
        // biome-ignore lint/a11y/noStaticElementInteractions: it only moves the focus among its boxes.
        <div ref={area} className="contents" onKeyDown={moveAmongBoxes}>
          <DataTable
            label={t("table")}
            columns={columns}
            rows={lines}
            rowId={(line) => line.decisionId}
            ticks={{
              ticked,
              onChange: (updater) => setTicked((before) => functionalUpdate(updater, before)),
            }}
            HeadStart={SelectPage}
            isMuted={(line) => line.isAgreed}
            empty={null}
            footer={
              <p className="text-ink-soft text-sm">
                {lines.length < total ? `${t("shown", counted(total))} ` : ""}
                <span className="max-md:hidden pointer-coarse:hidden">{t("keys")}</span>
              </p>
            }
          />
        </div>
      )}
      {chosen.length > 0 && (
        <section
          aria-label={t("many.label")}
          className="flex shrink-0 animate-appear flex-wrap items-center gap-2 rounded-lg border bg-raised px-3 py-2 shadow-pop max-md:sticky max-md:bottom-16 max-md:z-20"
        >
          <p aria-live="polite" className="mr-auto font-medium">
            {t("many.chosen", counted(chosen.length))}
          </p>
          <Button look="primary" pending={pending} onClick={() => answerChosen("put")}>
            {t("many.putAct")}
          </Button>
          <Button disabled={pending} onClick={() => answerChosen("keep")}>
            {t("many.keepAct")}
          </Button>
        </section>
      )}
    </AnsweringContext>
  );
}

const steps: Partial<Record<string, number>> = { ArrowUp: -1, ArrowDown: 1 };

/** With the focus on a box, up and down go to the next one; the space bar ticks it. */
function moveAmongBoxes(event: KeyboardEvent<HTMLElement>): void {
  const step = steps[event.key];
  const { target, currentTarget } = event;
  if (!step || !(target instanceof HTMLInputElement) || target.type !== "checkbox") return;
  const boxes = [
    ...currentTarget.querySelectorAll<HTMLInputElement>("input[type=checkbox]:enabled"),
  ];
  const next = boxes[boxes.indexOf(target) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
