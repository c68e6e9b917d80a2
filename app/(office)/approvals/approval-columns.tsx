"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { createContext, useContext } from "react";
import { Money } from "@/components/money";
import { SelectRow } from "@/components/select-boxes";
import { TimeAgo } from "@/components/time-ago";
import { Button } from "@/components/ui/button";
import { type TableCell, type TableColumns, tableColumns } from "@/components/ui/table-columns";
import type { ApprovalLine } from "./approval-line";
import type { Answer } from "./use-answers";

type Answering = {
  busy: ReadonlySet<string>;
  pending: boolean;
  answer: (line: ApprovalLine, answer: Answer) => void;
};

/** Cells are constants of the module: what they do is handed to them from around the table. */
export const AnsweringContext = createContext<Answering | null>(null);

type Cell = TableCell<ApprovalLine>;

export const isAnswerable = ({ isAgreed, isWritable }: ApprovalLine) => isWritable && !isAgreed;

const cells = {
  product: ({ row }: Cell) => {
    const line = row.original;
    return (
      <div className="flex min-w-0 items-center gap-2.5 md:py-1.5">
        <SelectRow row={row} name={line.productName} disabled={!isAnswerable(line)} />
        <div className="min-w-0">
          <Link
            href={`/products/${line.productId}`}
            prefetch={false}
            title={line.productName}
            className="line-clamp-2 font-medium leading-tight outline-offset-0 hover:text-blue hover:underline"
          >
            {line.productName}
          </Link>
          <p className="truncate text-ink-faint text-xs">
            {[line.sku, line.where].filter(Boolean).join(" · ")}
          </p>
        </div>
      </div>
    );
  },
  before: ({ row: { original } }: Cell) => <Money amount={original.before} />,
  wanted: ({ row: { original } }: Cell) => (
    <>
      <span className="font-medium">
        <Money amount={original.wanted} />
      </span>
      {original.difference && (
        <span className="block whitespace-nowrap text-amber text-xs">
          {original.difference.percent}
        </span>
      )}
    </>
  ),
  why: ({ row: { original } }: Cell) => (
    <p
      title={original.why}
      className="line-clamp-3 py-1 text-xs leading-4 max-md:line-clamp-none max-md:text-sm"
    >
      {original.why}
    </p>
  ),
  market: ({ row: { original } }: Cell) => {
    const t = useTranslations("approvals");
    if (original.rivals.length === 0)
      return <span className="text-ink-faint">{t("noMarket")}</span>;
    return (
      <ul className="text-xs leading-4">
        {original.rivals.map(({ key, name, price }) => (
          <li key={key} className="flex justify-between gap-3">
            <span className="min-w-0 truncate text-ink-soft">{name}</span>
            <Money amount={price} />
          </li>
        ))}
      </ul>
    );
  },
  since: ({ row: { original } }: Cell) => <TimeAgo at={original.at} />,
  answer: ({ row: { original } }: Cell) => <Answers line={original} />,
};

function Answers({ line }: { line: ApprovalLine }) {
  const t = useTranslations("approvals");
  const answering = useContext(AnsweringContext);
  if (line.isAgreed) return <span className="text-ink-soft text-sm">{t("agreed")}</span>;
  if (!answering || !line.isWritable)
    return <span className="text-ink-faint text-sm">{t("readOnly")}</span>;
  const { busy, pending, answer } = answering;
  const isBusy = busy.has(line.decisionId);
  return (
    <div data-answers={line.decisionId} className="flex gap-1.5">
      <Button
        size="sm"
        look="primary"
        pending={isBusy}
        disabled={pending}
        onClick={() => answer(line, "put")}
      >
        {t("put")}
        <span className="sr-only">: {line.productName}</span>
      </Button>
      <Button size="sm" disabled={pending} onClick={() => answer(line, "keep")}>
        {t("keep")}
        <span className="sr-only">: {line.productName}</span>
      </Button>
    </div>
  );
}

const { display, columns } = tableColumns<ApprovalLine>();

/** The columns of what waits for an answer, in the order of the screen. */
export const approvalColumns = (
  name: ReturnType<typeof useTranslations<"approvals.columns">>,
): TableColumns<ApprovalLine> =>
  columns([
    display({
      id: "product",
      header: name("product"),
      cell: cells.product,
      meta: { card: "title", width: "max-md:col-span-3 md:w-64 md:min-w-44 md:max-w-64" },
    }),
    display({
      id: "before",
      header: name("before"),
      cell: cells.before,
      meta: { align: "right", card: "number" },
    }),
    display({
      id: "wanted",
      header: name("wanted"),
      cell: cells.wanted,
      meta: { align: "right", card: "number" },
    }),
    display({
      id: "why",
      header: name("why"),
      cell: cells.why,
      meta: { card: "line", width: "md:w-full md:min-w-48 md:max-w-0" },
    }),
    display({
      id: "market",
      header: name("market"),
      cell: cells.market,
      meta: { card: "line", width: "md:min-w-40 md:max-w-48" },
    }),
    display({ id: "since", header: name("since"), cell: cells.since, meta: { card: "number" } }),
    display({ id: "answer", header: "", cell: cells.answer, meta: { card: "line" } }),
  ]);
