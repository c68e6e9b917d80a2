import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { AboutTime } from "@/components/about-time";
import { Money } from "@/components/money";
import { Panel } from "@/components/panel";
import { Place } from "@/components/place";
import type { DecisionWords } from "@/components/repricing/decision-words";
import { TimeAgo } from "@/components/time-ago";
import { StatusDot } from "@/components/ui/badge";
import { Notice } from "@/components/ui/notice";
import { formatMoney } from "@/lib/i18n/money";
import type { Product } from "@/lib/products/model";
import type { LeadFacts } from "@/lib/repricing/check/lead-queries";
import { standingOf } from "../product-line";
import { FrozenAnswer } from "./frozen-answer";
import { LeadLine } from "./lead-line";

type Props = { product: Product; words: DecisionWords | null };
type PanelProps = Props & { lead: LeadFacts | null; className: string };

/** What the price is, and why. */
export function PricePanel({ product, words, lead, className }: PanelProps) {
  const t = useTranslations("products.product.price");
  const standing = standingOf(product);
  return (
    <Panel className={className} title={t("title")}>
      <dl className="grid grid-cols-3 items-end gap-x-4 max-md:gap-x-3">
        <Figure label={t("now")}>
          <Money amount={product.price} empty={t("unknown")} />
        </Figure>
        <Figure label={t("place")}>
          <Place place={product.place} total={product.placesTotal} />
        </Figure>
        <Figure label={t("rival")}>
          <Money amount={product.bestRivalPrice} empty={t("noRival")} />
        </Figure>
      </dl>
      {standing !== "on_sale" && <OutOfSale standing={standing} />}
      <Why product={product} words={words} />
      {product.botEnabled && <LeadLine lead={lead} />}
    </Panel>
  );
}

function Figure({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-ink-faint text-xs">{label}</dt>
      <dd className="font-semibold text-xl max-md:text-lg">{children}</dd>
    </div>
  );
}

function OutOfSale({ standing }: { standing: "off_sale" | "gone" }) {
  const t = useTranslations("products.product");
  const key = standing === "gone" ? "gone" : "offSale";
  return (
    <Notice tone="amber" title={t(`${key}.title`)}>
      {t(`${key}.text`)}
    </Notice>
  );
}

function Why({ product, words }: Props) {
  const t = useTranslations("products.row");
  if (!words) {
    const waiting = product.botEnabled
      ? "first"
      : product.countingFloor === null
        ? "noFloor"
        : "off";
    return <p className="text-ink-soft">{t(`waiting.${waiting}`)}</p>;
  }
  const { text, fate, goesAt } = words;
  return (
    <div className="flex flex-col gap-2">
      <p>{text}</p>
      {fate && (
        <p className="text-sm">
          <StatusDot tone={fate.tone} live={fate.live}>
            <span className="whitespace-normal">
              {goesAt ? fate.text.replace(/\.$/, ",") : fate.text}
            </span>
          </StatusDot>{" "}
          {goesAt && (
            <span className="text-ink-soft">
              {t.rich("goes", { when: () => <AboutTime at={goesAt} /> })}
            </span>
          )}
        </p>
      )}
      <Question product={product} />
      <Times decision={product.lastDecision} />
    </div>
  );
}

function Question({ product }: { product: Product }) {
  const locale = useLocale();
  const { lastDecision, mayApprove } = product;
  if (!mayApprove || lastDecision?.state !== "frozen" || lastDecision.price === null) return null;
  return (
    <FrozenAnswer
      productId={product.id}
      decisionId={lastDecision.id}
      price={formatMoney(lastDecision.price, locale)}
    />
  );
}

/** Decided, sent and confirmed are three things. */
function Times({ decision }: { decision: Product["lastDecision"] }) {
  const t = useTranslations("products.product.price");
  if (!decision) return null;
  const { kind, decidedAt, sentAt, confirmedAt } = decision;
  const times = [
    { label: t("decided"), at: decidedAt },
    ...(kind === "change"
      ? [
          { label: t("sent"), at: sentAt },
          { label: t("confirmed"), at: confirmedAt },
        ]
      : []),
  ];
  return (
    <dl className="flex flex-wrap gap-x-6 gap-y-1 text-sm">
      {times.map(({ label, at }) => (
        <div key={label} className="flex gap-1.5">
          <dt className="text-ink-faint">{label}</dt>
          <dd className="text-ink-soft">{at ? <TimeAgo at={at} /> : t("notYet")}</dd>
        </div>
      ))}
    </dl>
  );
}
