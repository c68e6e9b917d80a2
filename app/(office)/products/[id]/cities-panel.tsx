import { useTranslations } from "next-intl";
import { Money } from "@/components/money";
import { Panel } from "@/components/panel";
import { StatusDot } from "@/components/ui/badge";
import type { Product, ProductCity } from "@/lib/products/model";
import { CitiesEditor } from "./cities-editor";

type Props = {
  product: Product;
  cities: ProductCity[];
  className: string;
};

/** In which of its cities the price is kept; why not in all, where Kaspi has but one price. */
export function CitiesPanel({ product, cities, className }: Props) {
  const t = useTranslations("cities");
  if (!product.hasCityPrices)
    return (
      <Panel className={className} title={t("product.title")}>
        <p className="text-ink-soft">
          {t("onePrice", { city: product.cityName ?? product.cityId })}
        </p>
      </Panel>
    );
  return (
    <Panel
      className={className}
      title={t("product.title")}
      aside={
        product.mayChangeRule && (
          <CitiesEditor productId={product.id} cities={cities} own={product.pricedCities} />
        )
      }
    >
      <ul className="flex flex-col">
        {cities.map((city) => (
          <li key={city.id} className="flex flex-wrap justify-between gap-x-4 border-t py-2">
            <span>{city.name}</span>
            <span className="flex items-center gap-4">
              <StatusDot tone={city.isPriced ? "green" : "plain"}>
                {t(city.isPriced ? "product.kept" : "product.left")}
              </StatusDot>
              <Money amount={city.price} empty={t("product.none")} />
            </span>
          </li>
        ))}
      </ul>
      <p className="text-ink-soft text-sm">
        {t(product.pricedCities === null ? "product.asStore" : "product.own")}
      </p>
    </Panel>
  );
}
