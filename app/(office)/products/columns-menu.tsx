"use client";

import { useTranslations } from "next-intl";
import { rememberPreference } from "@/components/preference-cookie";
import { Checkbox } from "@/components/ui/checkbox";
import { Popover } from "@/components/ui/popover";
import { columnsCookie, type OptionalColumn, optionalColumns } from "@/lib/products/filter-model";

type Props = {
  hidden: readonly OptionalColumn[];
  onChange: (hidden: OptionalColumn[]) => void;
};

/** Which columns the table has. The choice is this browser's; the server knows it before the page is drawn. */
export function ColumnsMenu({ hidden, onChange }: Props) {
  const t = useTranslations("list.columns");
  const tColumn = useTranslations("products.columns");
  const show = (column: OptionalColumn, on: boolean) => {
    const next = optionalColumns.filter((each) => (each === column ? !on : hidden.includes(each)));
    rememberPreference(columnsCookie, next.join("."));
    onChange(next);
  };
  return (
    <Popover button={t("button")} label={t("label")} align="end">
      <ul className="flex w-48 flex-col max-md:w-auto">
        {optionalColumns.map((column) => (
          <li key={column}>
            <Checkbox
              checked={!hidden.includes(column)}
              onChange={(event) => show(column, event.target.checked)}
            >
              {tColumn(column)}
            </Checkbox>
          </li>
        ))}
      </ul>
    </Popover>
  );
}
