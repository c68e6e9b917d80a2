import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Panel } from "@/components/panel";
import { TimeAgo } from "@/components/time-ago";
import { StatusDot } from "@/components/ui/badge";
import { formatNumber } from "@/lib/i18n/money";
import type { ChannelLine } from "./channel-lines";

/** What Kaspi last answered, one row for each thing we ask of it. */
export function ChannelsPanel({ lines }: { lines: ChannelLine[] }) {
  const t = useTranslations("stores.page.channels");
  const head = "h-8 border-b pr-3 text-left font-medium text-ink-soft text-xs last:pr-0";
  return (
    <Panel
      title={t("title")}
      aside={
        <Link href="/status" className="text-blue text-sm underline-offset-2 hover:underline">
          {t("toStatus")}
        </Link>
      }
    >
      <table aria-label={t("title")} className="w-full border-separate border-spacing-0 text-sm">
        <thead>
          <tr>
            <th scope="col" className={head}>
              {t("what")}
            </th>
            <th scope="col" className={head}>
              {t("answer")}
            </th>
            <th scope="col" className={`${head} max-md:hidden`}>
              {t("lastFailure")}
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <Line key={line.key} line={line} />
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

function Line({ line }: { line: ChannelLine }) {
  const t = useTranslations("stores.page.channels");
  const cell = "border-b py-2 pr-3 align-baseline last:pr-0 group-last:border-b-0";
  return (
    <tr className="group">
      <td className={cell}>
        {line.exit === null ? t(`name.${line.channel}`) : t("marketThrough", { name: line.exit })}
      </td>
      <td className={cell}>
        <Answer line={line} />
        {line.lastFailureAt && (
          <span className="block text-ink-soft text-xs md:hidden">
            {t("failed")} <Failure line={line} />
          </span>
        )}
      </td>
      <td className={`${cell} text-ink-soft max-md:hidden`}>
        <Failure line={line} />
      </td>
    </tr>
  );
}

function Answer({ line }: { line: ChannelLine }) {
  const t = useTranslations("stores.page.channels");
  const locale = useLocale();
  const { lastOkAt, failuresInRow } = line;
  if (failuresInRow > 0)
    return (
      <StatusDot tone="red">
        <span className="whitespace-normal">
          {t("silent", { count: failuresInRow, shown: formatNumber(failuresInRow, locale) })}
          {lastOkAt && (
            <span className="text-ink-soft">
              {" "}
              {t.rich("answered", { when: () => <TimeAgo at={lastOkAt} /> })}
            </span>
          )}
        </span>
      </StatusDot>
    );
  if (lastOkAt === null) return <StatusDot>{t("never")}</StatusDot>;
  return (
    <StatusDot tone="green">
      <TimeAgo at={lastOkAt} />
    </StatusDot>
  );
}

function Failure({ line: { lastFailureAt, failureKind } }: { line: ChannelLine }) {
  const t = useTranslations("stores.page.channels");
  if (lastFailureAt === null) return t("noFailure");
  return (
    <>
      {t("failure", { kind: failureKind ?? "other" })}, <TimeAgo at={lastFailureAt} />
    </>
  );
}
