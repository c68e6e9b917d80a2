import { getLocale, getTranslations } from "next-intl/server";
import { Panel } from "@/components/panel";
import { inWords } from "@/components/repricing/rule-draft";
import { RuleSentences } from "@/components/repricing/rule-sentences";
import { TimeAgo } from "@/components/time-ago";
import { translator } from "@/lib/i18n/translator";
import type { Product } from "@/lib/products/model";
import type { Preview } from "@/lib/repricing/preview-rule";
import { decisionText } from "@/lib/repricing/reason-text";
import { ruleFormValues } from "@/lib/repricing/rule-form";
import { RuleEditor } from "./rule-editor";

type Props = { product: Product; preview: Preview; className: string };

/** The rule in words, and what it would do to the market as last read. */
export async function RulePanel({ product, preview, className }: Props) {
  const [t, locale] = await Promise.all([getTranslations("products.product.rule"), getLocale()]);
  const { rule, override, above, decision, market } = preview;
  return (
    <Panel
      className={className}
      title={t("title")}
      aside={
        product.isWritable && (
          <RuleEditor productId={product.id} values={ruleFormValues(override)} above={above} />
        )
      }
    >
      <div>
        <h3 className="text-ink-faint text-xs">{t(product.botEnabled ? "now" : "nowOff")}</h3>
        {decision && market ? (
          <>
            <p>{decisionText(translator(locale), locale, decision)}</p>
            <p className="text-ink-faint text-sm">
              {t.rich("asSeen", { when: () => <TimeAgo at={market.seenAt} /> })}
            </p>
          </>
        ) : (
          <p className="text-ink-soft">{t("noMarket")}</p>
        )}
      </div>
      <RuleSentences rule={inWords(rule)} />
    </Panel>
  );
}
