import { getTranslations } from "next-intl/server";
import { ScrollBox } from "@/components/ui/scroll-box";
import type { ListDiff, OfferChange } from "@/lib/price-list/diff-rules";

const head = "px-3 py-2 text-left font-medium";
const cell = "px-3 py-2 align-top [overflow-wrap:anywhere]";
const wordCell = "px-3 py-2 align-top whitespace-nowrap";

/** What is different, offer by offer and field by field. */
export async function DiffTable({ diff }: { diff: ListDiff }) {
  const t = await getTranslations("priceList.version");
  const { added, removed, changed, same, changes } = diff;
  const all = added + removed + changed;
  return (
    <>
      <p>{t("counts", { added, removed, changed, same })}</p>
      {changes.length === 0 ? (
        <p className="text-ink-soft">{t("same")}</p>
      ) : (
        <ScrollBox label={t("what")}>
          <table className="w-full text-sm">
            <thead>
              <tr className="border-b text-ink-soft">
                <th className={head}>{t("sku")}</th>
                <th className={head}>{t("what")}</th>
                <th className={head}>{t("before")}</th>
                <th className={head}>{t("after")}</th>
              </tr>
            </thead>
            <tbody>{changes.flatMap((change) => linesOf(change, t))}</tbody>
          </table>
        </ScrollBox>
      )}
      {all > changes.length && (
        <p className="text-ink-soft text-sm">{t("shown", { count: changes.length })}</p>
      )}
    </>
  );
}

type Words = Awaited<ReturnType<typeof getTranslations<"priceList.version">>>;

function linesOf(change: OfferChange, t: Words) {
  const { sku, model, kind } = change;
  const name = (
    <td className={cell}>
      <span className="font-medium">{sku}</span>
      <span className="block text-ink-soft">{model}</span>
    </td>
  );
  if (kind !== "changed") {
    const { prices } = change;
    return [
      <tr key={sku} className="border-b last:border-b-0">
        {name}
        <td className={wordCell}>{t(`kind.${kind}`)}</td>
        <td className={cell}>{kind === "removed" ? prices : ""}</td>
        <td className={cell}>{kind === "added" ? prices : ""}</td>
      </tr>,
    ];
  }
  return change.fields.map(({ field, before, after }) => (
    <tr key={`${sku} ${field}`} className="border-b last:border-b-0">
      {name}
      <td className={wordCell}>{t(`field.${field}`)}</td>
      <td className={cell}>{before}</td>
      <td className={cell}>{after}</td>
    </tr>
  ));
}
