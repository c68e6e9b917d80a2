import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Panel } from "@/components/panel";
import { StatusDot } from "@/components/ui/badge";
import { translator } from "@/lib/i18n/translator";
import type { PreorderRow } from "@/lib/preorders/queries";
import type { Product } from "@/lib/products/model";
import { preorderLine } from "../../preorders/preorder-line";
import { MakePreorder } from "./make-preorder";

type Props = { className: string; product: Product; preorder: PreorderRow | null };

/** The product's open preorder, or the way to one. */
export function PreorderPanel({ className, product, preorder }: Props) {
  const t = useTranslations("preorders");
  const locale = useLocale();
  if (!preorder && !product.isWritable) return null;
  const words = { t: translator(locale), locale, severalStores: false, points: new Map() };
  const line = preorder && preorderLine(preorder, words);
  return (
    <Panel className={className} title={t("form.title")}>
      {line ? (
        <>
          <p>
            <StatusDot tone={line.state.tone} live={line.state.live}>
              {line.state.text}
            </StatusDot>
            <span className="text-ink-soft">, {line.arrives}</span>
          </p>
          {line.why && <p className="text-ink-soft text-sm">{line.why}</p>}
          <p className="text-blue text-sm [&_a:hover]:underline">
            <Link href={`/preorders?store=${line.storeId}&preorder=${line.id}`} prefetch={false}>
              {t("act.open")}
            </Link>
          </p>
        </>
      ) : (
        <>
          <p className="text-ink-soft text-sm">{t("lead")}</p>
          <MakePreorder productId={product.id} />
        </>
      )}
    </Panel>
  );
}
