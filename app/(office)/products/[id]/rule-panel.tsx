import { getLocale, getTranslations } from "next-intl/server";
import { Panel } from "@/components/panel";
import { inWords, sellersOf } from "@/components/repricing/rule-draft";
import { RuleInShort } from "@/components/repricing/rule-sentences";
import { TimeAgo } from "@/components/time-ago";
import { kaspiAccess } from "@/lib/exits/access";
import { translator } from "@/lib/i18n/translator";
import type { Product } from "@/lib/products/model";
import { decisionText } from "@/lib/repricing/decide/reason-text";
import type { Preview } from "@/lib/repricing/forecast/preview-rule";
import { ruleFormValues } from "@/lib/repricing/rule/rule-form-values";
import { merchantNames } from "@/lib/rivals/name-queries";
import { ProductRuleHistory } from "./product-rule-history";
import { RuleEditor } from "./rule-editor";

type Props = {
  product: Product;
  preview: Preview;
  /** Of a product with several cities: the rule of this one may differ. */
  isOneOfSeveral: boolean;
  className: string;
};

/** The rule in words, and what it would do to the market as last read. */
export async function RulePanel({ product, preview, isOneOfSeveral, className }: Props) {
  const [t, tCities, locale] = await Promise.all([
    getTranslations("products.product.rule"),
    getTranslations("cities.rule"),
    getLocale(),
  ]);
  const { rule, override, above, here, decision, market } = preview;
  const names = await merchantNames(kaspiAccess().db, sellersOf(rule));
  const city = { id: product.cityId, name: product.cityName ?? product.cityId };
  return (
    <Panel
      className={className}
      title={t("title")}
      aside={
        product.mayChangeRule &&
        !isOneOfSeveral && (
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
      <RuleInShort rule={inWords(rule, names)} />
      {isOneOfSeveral && (
        <p className="text-ink-soft text-sm">
          {tCities(Object.keys(here.override).length > 0 ? "own" : "asProduct")}
        </p>
      )}
      {product.mayChangeRule && (
        <div className="flex flex-wrap gap-2">
          {isOneOfSeveral && (
            <>
              <RuleEditor
                productId={product.id}
                values={ruleFormValues(override)}
                above={above}
                label={tCities("everywhere")}
              />
              <RuleEditor
                productId={product.id}
                city={city}
                values={ruleFormValues(here.override)}
                above={here.above}
                label={tCities("here", { city: city.name })}
              />
            </>
          )}
          <ProductRuleHistory productId={product.id} />
        </div>
      )}
    </Panel>
  );
}
