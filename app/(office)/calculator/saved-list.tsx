import Link from "next/link";
import { useTranslations } from "next-intl";
import { Panel } from "@/components/panel";
import { TimeAgo } from "@/components/time-ago";
import { RemoveCalculation } from "./remove-calculation";
import type { SavedLine } from "./saved-line";

const number = "py-1.5 pl-4 text-right tabular-nums whitespace-nowrap";
const rare = "max-md:hidden";

/** What the person has kept, worked out by the tariffs of today. */
export function SavedList({ lines }: { lines: readonly SavedLine[] }) {
  const t = useTranslations("calculator.saved");
  return (
    <Panel title={t("title")}>
      {lines.length === 0 ? (
        <p className="text-ink-soft">{t("none")}</p>
      ) : (
        <table className="w-full text-left">
          <thead className="text-ink-soft text-sm">
            <tr className="border-b">
              <th scope="col" className="py-1.5 font-medium">
                {t("name")}
              </th>
              <th scope="col" className={`${number} ${rare} font-medium`}>
                {t("price")}
              </th>
              <th scope="col" className={`${number} font-medium`}>
                {t("profit")}
              </th>
              <th scope="col" className={`${number} ${rare} font-medium`}>
                {t("margin")}
              </th>
              <th scope="col" className={`${number} ${rare} font-medium`}>
                {t("breakEven")}
              </th>
              <th scope="col" className={`${number} ${rare} font-medium`}>
                {t("at")}
              </th>
              <th scope="col" className="w-0 pl-4">
                <span className="sr-only">{t("remove")}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={line.id} className="border-b last:border-b-0">
                <td className="py-1.5">
                  <Link
                    href={line.href}
                    className="break-words text-blue underline-offset-2 hover:underline"
                  >
                    {line.name}
                  </Link>
                </td>
                <td className={`${number} ${rare}`}>{line.price}</td>
                <td className={`${number} ${line.isLoss ? "text-red" : ""}`}>{line.profit}</td>
                <td className={`${number} ${rare}`}>{line.margin}</td>
                <td className={`${number} ${rare}`}>{line.breakEven}</td>
                <td className={`${number} ${rare}`}>
                  <TimeAgo at={line.savedAt} />
                </td>
                <td className="pl-4 text-right">
                  <RemoveCalculation id={line.id} name={line.name} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}
