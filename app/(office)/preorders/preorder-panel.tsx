"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Money } from "@/components/money";
import { TimeAgo } from "@/components/time-ago";
import { StatusDot } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { SidePanel } from "@/components/ui/side-panel";
import { EndButtons } from "./end-buttons";
import { PreorderForm } from "./preorder-form";
import type { PreorderLine } from "./preorder-line";
import { useSend } from "./use-send";

type Props = { line: PreorderLine; onClose: () => void };

/** One preorder beside the list: where it stands, what can be changed, and how it ends. */
export function PreorderPanel({ line, onClose }: Props) {
  const t = useTranslations("preorders");
  const { pending, send } = useSend();
  const { state, why, isDoubtful } = line;
  return (
    <SidePanel
      open
      onClose={onClose}
      title={line.name}
      lead={[t("panel.article", { sku: line.article }), line.where].filter(Boolean).join(" · ")}
    >
      <div className="flex flex-col gap-5">
        <div className="flex flex-col gap-1">
          <StatusDot tone={state.tone} live={state.live}>
            <span className="font-semibold">{state.text}</span>
          </StatusDot>
          {why && <p className="text-ink-soft">{why}</p>}
        </div>
        {line.maySend && (
          <Button
            look="primary"
            pending={pending}
            className="self-start"
            onClick={() => send([line.id], { confirm: isDoubtful })}
          >
            {t(isDoubtful ? "act.sendAnyway" : "act.send")}
          </Button>
        )}
        <Facts line={line} />
        {line.mayEdit && <PreorderForm line={line} />}
        {line.mayEdit && <EndButtons line={line} />}
        {!line.mayEdit && line.endedAt === null && !state.live && (
          <p className="text-ink-soft">{t("panel.readOnly")}</p>
        )}
        <p className="text-blue text-sm [&_a:hover]:underline">
          <Link href={`/products/${line.productId}`}>{t("panel.toProduct")}</Link>
        </p>
      </div>
    </SidePanel>
  );
}

function Facts({ line }: { line: PreorderLine }) {
  const t = useTranslations("preorders");
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5">
      <Fact name={t("columns.days")}>{line.arrives}</Fact>
      <Fact name={t("columns.points")}>
        {line.points.map(({ label, pieces }) => `${label}: ${pieces}`).join(", ")}
      </Fact>
      <Fact name={t("columns.price")}>
        <Money amount={line.price} />
      </Fact>
      <Fact name={t("panel.shown")}>
        {line.onSale ? <Money amount={line.shownPrice} /> : t("panel.offSale")}
      </Fact>
      <Fact name={t("panel.madeAt")}>
        <TimeAgo at={line.createdAt} />
      </Fact>
      {line.sentAt && (
        <Fact name={t("panel.sentAt")}>
          <TimeAgo at={line.sentAt} />
        </Fact>
      )}
      {line.activeAt && (
        <Fact name={t("panel.activeAt")}>
          <TimeAgo at={line.activeAt} />
        </Fact>
      )}
      {line.endedAt && (
        <Fact name={t("panel.endedAt")}>
          <TimeAgo at={line.endedAt} />
        </Fact>
      )}
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-soft">{name}</dt>
      <dd className="text-right">{children}</dd>
    </>
  );
}
