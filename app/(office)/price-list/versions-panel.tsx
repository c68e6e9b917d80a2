import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Panel } from "@/components/panel";
import { TimeAgo } from "@/components/time-ago";
import { ScrollBox } from "@/components/ui/scroll-box";
import { kaspiAccess } from "@/lib/exits/access";
import { listVersions, type ShownVersion } from "@/lib/price-list/version-queries";
import type { OfStore } from "./of-store";

const head = "px-3 py-2 text-left font-medium";
const cell = "px-3 py-2";

/** Every version that was kept, to look into and to compare. */
export async function VersionsPanel({ caller, store }: OfStore) {
  const [t, versions] = await Promise.all([
    getTranslations("priceList.versions"),
    listVersions(kaspiAccess().db, caller, store.id),
  ]);
  const why = ({ why: reason, maker }: ShownVersion) =>
    t(`whys.${reason}`, { who: maker ?? t("somebody") });
  if (versions.length === 0)
    return (
      <Panel title={t("title")}>
        <p className="text-ink-soft">{t("none")}</p>
      </Panel>
    );
  return (
    <Panel title={t("title")}>
      <ScrollBox label={t("title")} className="max-h-120">
        <table className="w-full text-sm">
          <thead>
            <tr className="border-b text-ink-soft">
              <th className={head}>{t("number")}</th>
              <th className={head}>{t("made")}</th>
              <th className={head}>{t("why")}</th>
              <th className="px-3 py-2 text-right font-medium">{t("offers")}</th>
              <th className={head}>{t("state")}</th>
            </tr>
          </thead>
          <tbody>
            {versions.map((version) => (
              <tr key={version.id} className="border-b last:border-b-0">
                <td className={cell}>
                  <Link
                    href={`/price-list/versions/${version.id}`}
                    className="text-blue underline tabular-nums"
                  >
                    {version.number}
                  </Link>
                </td>
                <td className={cell}>
                  <TimeAgo at={version.madeAt} />
                </td>
                <td className={cell}>{why(version)}</td>
                <td className="px-3 py-2 text-right tabular-nums">{version.offers}</td>
                <td className={cell}>
                  {version.errors > 0 ? (
                    <span className="text-red tabular-nums">{version.errors}</span>
                  ) : (
                    t("whole")
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </Panel>
  );
}
