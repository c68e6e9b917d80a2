import { useLocale, useTranslations } from "next-intl";
import { Panel } from "@/components/panel";
import { TimeAgo } from "@/components/time-ago";
import { formatMoney } from "@/lib/i18n/money";
import type { War } from "@/lib/price-wars/model";
import { TakeBack, WarAnswers } from "./war-answers";

type Props = { war: War | null; isWritable: boolean; className: string };

/** The chase that goes on here, what it has cost, and what may be done about it with one press. */
export function WarPanel({ war, isWritable, className }: Props) {
  const t = useTranslations("wars");
  if (!war) return null;
  return (
    <Panel className={className} title={t("panel.title")}>
      {war.endedAt === null && <Story war={war} />}
      {war.answer === null ? (
        isWritable && <WarAnswers warId={war.id} />
      ) : (
        <>
          <p>
            {t.rich(war.endedAt === null ? "panel.answered" : "panel.answeredEnded", {
              answer: t(`answer.${war.answer}`),
              when: () => <TimeAgo at={war.answeredAt} />,
              ended: () => <TimeAgo at={war.endedAt} />,
            })}
          </p>
          {isWritable && <TakeBack warId={war.id} />}
        </>
      )}
    </Panel>
  );
}

function Story({ war }: { war: War }) {
  const t = useTranslations("wars");
  const locale = useLocale();
  const { priceBefore, price, rounds, startedAt, rivalId } = war;
  const money = (amount: number) => formatMoney(amount, locale);
  return (
    <div className="flex flex-col gap-1">
      <p>
        {t.rich("panel.story", {
          rival: war.rivalName ?? t("seller", { id: rivalId }),
          rounds,
          when: () => <TimeAgo at={startedAt} />,
        })}
      </p>
      <p className={price < priceBefore ? "font-medium" : "text-ink-soft"}>
        {price < priceBefore
          ? t("panel.cost", {
              lost: money(priceBefore - price),
              before: money(priceBefore),
              now: money(price),
            })
          : t("panel.noCost")}
      </p>
    </div>
  );
}
