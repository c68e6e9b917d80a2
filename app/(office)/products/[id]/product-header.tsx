import { ExternalLinkIcon } from "@radix-ui/react-icons";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { MakeTaskLink } from "@/components/make-task-link";
import { BackLink } from "@/components/ui/back-link";
import { Badge } from "@/components/ui/badge";
import type { Product } from "@/lib/products/model";
import { Picture } from "../picture";
import { standingOf } from "../product-line";

type Props = {
  product: Product;
  /** The card's address on Kaspi. */
  cardUrl: string | null;
};

export function ProductHeader({ product, cardUrl }: Props) {
  const t = useTranslations("products");
  const standing = standingOf(product);
  return (
    <header className="flex flex-col items-start gap-2">
      <BackLink href="/products">{t("product.back")}</BackLink>
      <div className="flex items-start gap-4">
        <Picture url={product.imageUrl} className="size-16 rounded-md border bg-surface" />
        <div className="flex min-w-0 flex-col gap-1">
          <h1 className="font-semibold text-xl">{product.name}</h1>
          <ul className="flex flex-wrap items-center gap-x-4 gap-y-1 text-ink-soft text-sm">
            <Fact>{t("product.article", { sku: product.sku })}</Fact>
            <Fact>{product.storeName}</Fact>
            {product.cityName && <Fact>{product.cityName}</Fact>}
            <Fact>
              {cardUrl ? (
                <CardLink href={cardUrl} />
              ) : (
                <span className="text-amber">{t("product.noCard")}</span>
              )}
            </Fact>
            {standing !== "on_sale" && (
              <Fact>
                <Badge tone="amber">{t(`standing.${standing}`)}</Badge>
              </Fact>
            )}
            {product.manualLock && (
              <Fact>
                <Badge>{t("standing.locked")}</Badge>
              </Fact>
            )}
          </ul>
          <div className="mt-1">
            <MakeTaskLink kind="product" id={product.id} size="sm" />
          </div>
        </div>
      </div>
    </header>
  );
}

const Fact = ({ children }: { children: ReactNode }) => <li>{children}</li>;

function CardLink({ href }: { href: string }) {
  const t = useTranslations("products.product");
  return (
    <a
      href={href}
      target="_blank"
      rel="noreferrer"
      className="inline-flex items-center gap-1 text-blue hover:underline"
    >
      {t("card")}
      <ExternalLinkIcon aria-hidden="true" />
      <span className="sr-only">({t("newTab")})</span>
    </a>
  );
}
