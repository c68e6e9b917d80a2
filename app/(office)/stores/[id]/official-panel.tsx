"use client";

import { useTranslations } from "next-intl";
import { Panel } from "@/components/panel";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { Notice } from "@/components/ui/notice";
import { setOfficialOnly } from "./actions";

/** What we do for a store, and what of Kaspi it goes through. */
const functions = [
  { what: "products", by: ["cabinet"] },
  { what: "market", by: ["storefront"] },
  { what: "prices", by: ["cabinet"] },
  { what: "orders", by: ["shop_api"] },
] as const;

type Props = { storeId: string; officialOnly: boolean; mayChange: boolean };

/** Which channel each function needs, and the switch that forbids all but the official one. */
export function OfficialPanel({ storeId, officialOnly, mayChange }: Props) {
  const t = useTranslations("official");
  return (
    <Panel title={t("title")}>
      {officialOnly && <Notice tone="amber">{t("isOn")}</Notice>}
      <ul className="flex flex-col text-sm">
        {functions.map(({ what, by }) => {
          const stands = officialOnly && by.some((channel) => channel !== "shop_api");
          return (
            <li
              key={what}
              className="flex flex-wrap items-baseline justify-between gap-x-3 border-b py-2 last:border-b-0"
            >
              <span>{t(`what.${what}`)}</span>
              <span className="flex items-baseline gap-2 text-ink-soft">
                {by.map((channel) => t(`by.${channel}`)).join(", ")}
                {stands && <Badge tone="amber">{t("stands")}</Badge>}
              </span>
            </li>
          );
        })}
      </ul>
      <div className="flex items-start justify-between gap-x-4 gap-y-2 max-sm:flex-col">
        <div>
          <p className="font-medium">{t("only")}</p>
          <p className="text-ink-soft text-sm">{t("onlyText")}</p>
        </div>
        {mayChange && (
          <Confirm
            trigger={<Button>{t(officialOnly ? "off" : "on")}</Button>}
            title={t(officialOnly ? "offTitle" : "onTitle")}
            act={t(officialOnly ? "off" : "on")}
            danger={!officialOnly}
            onAct={() => setOfficialOnly({ storeId, officialOnly: !officialOnly })}
          >
            {t(officialOnly ? "offText" : "onText")}
          </Confirm>
        )}
      </div>
    </Panel>
  );
}
