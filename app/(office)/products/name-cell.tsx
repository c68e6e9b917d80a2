import Link from "next/link";
import { useTranslations } from "next-intl";
import { SelectRow } from "@/components/select-boxes";
import type { TableRow } from "@/components/ui/table-columns";
import { Picture } from "./picture";
import type { ProductLine } from "./product-line";

/** What it is: picture, name, article; of which store where there are several. */
export function NameCell({ row }: { row: TableRow<ProductLine> }) {
  const product = row.original;
  const t = useTranslations("products.standing");
  const { name, sku, storeName, standing, manualLock, citiesCount } = product;
  const remarks = [
    standing === "on_sale" ? null : t(standing),
    manualLock ? t("locked") : null,
    citiesCount > 1 ? t("cities", { count: citiesCount }) : null,
    storeName,
  ];
  return (
    <div className="flex min-w-0 items-center gap-2.5">
      <SelectRow row={row} name={name} />
      <Picture url={product.imageUrl} className="size-8 max-md:size-11" />
      <div className="min-w-0">
        <Link
          href={`/products/${product.id}`}
          prefetch={false}
          title={name}
          className="block truncate font-medium outline-offset-0 hover:text-blue hover:underline max-md:line-clamp-2 max-md:whitespace-normal"
        >
          {name}
        </Link>
        <p className="truncate text-ink-faint text-xs">
          {[sku, ...remarks].filter(Boolean).join(" · ")}
        </p>
      </div>
    </div>
  );
}
