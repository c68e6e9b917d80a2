import { useTranslations } from "next-intl";
import { Panel } from "@/components/panel";
import { TimeAgo } from "@/components/time-ago";
import { Badge, StatusDot } from "@/components/ui/badge";
import type { CityChoice, CityView } from "@/lib/stores/page-model";
import type { StoreCardData } from "../card-data";
import { ChooseCity, ReadPoints } from "./city-buttons";

type Props = {
  store: StoreCardData["store"];
  cities: CityView[];
  choice: CityChoice;
  mayChange: boolean;
};

/** Where the store gives goods out, and the city whose price is the store's price. */
export function PointsPanel({ store, cities, choice, mayChange }: Props) {
  const t = useTranslations("stores.page.points");
  const canRead = mayChange && store.login !== null;
  return (
    <Panel title={t("title")} aside={canRead && <ReadPoints storeId={store.id} />}>
      <p className="text-ink-soft">
        <Why choice={choice} city={store.mainCityName} /> {t("meaning")}
      </p>
      {cities.length === 0 && <p>{t("none")}</p>}
      <ul className="flex flex-col">
        {cities.map((city) => (
          <li key={city.id} className="border-t py-2.5 last:pb-0">
            <City store={store} city={city} mayChange={mayChange} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Why({ choice, city }: { choice: CityChoice; city: string | null }) {
  const t = useTranslations("stores.page.points");
  if (choice.why === "guess") return t("why.guess");
  const known = { city: city ?? t("unknownCity") };
  if (choice.why !== "person") return t(`why.${choice.why}`, known);
  const { who, at } = choice;
  return t.rich("why.person", {
    ...known,
    who: who ?? t("somebody"),
    when: () => <TimeAgo at={at} />,
  });
}

type CityProps = Pick<Props, "store" | "mayChange"> & { city: CityView };

function City({ store, city, mayChange }: CityProps) {
  const t = useTranslations("stores.page.points");
  const works = city.points.some((point) => point.isActive);
  return (
    <div className="flex flex-col gap-1">
      <div className="flex min-h-8 flex-wrap items-center justify-between gap-x-4">
        <h3 className="flex items-center gap-2 font-medium">
          {city.name}
          {city.isMain && <Badge tone="blue">{t("main")}</Badge>}
        </h3>
        {mayChange && !city.isMain && works && <ChooseCity store={store} city={city} />}
      </div>
      <table aria-label={t("ofCity", { city: city.name })} className="w-full text-sm">
        <thead className="sr-only">
          <tr>
            <th scope="col">{t("point")}</th>
            <th scope="col">{t("state")}</th>
          </tr>
        </thead>
        <tbody>
          {city.points.map((point) => (
            <tr key={point.pointId}>
              <td className="py-1">{point.label}</td>
              <td className="py-1 text-right text-ink-soft">
                <StatusDot tone={point.isActive ? "green" : "plain"}>
                  {t(point.isActive ? "works" : "off")}
                </StatusDot>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
