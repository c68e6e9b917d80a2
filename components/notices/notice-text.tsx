import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { TimeAgo } from "@/components/time-ago";
import { formatMoney } from "@/lib/i18n/money";
import { type NoticeLink, noticeLinks } from "@/lib/notices/link-model";
import type { Notice } from "@/lib/notices/model";
import { jobName } from "@/lib/runs/words";

type Props = {
  notice: Pick<Notice, "kind" | "params">;
  /** The store it is about, as it is called now. */
  storeName: string | undefined;
};

/** A notice in words, with the way to where something can be done about it. */
export function NoticeText({ notice: { kind, params }, storeName }: Props) {
  const t = useTranslations();
  const locale = useLocale();
  const money = (amount: unknown) => (amount ? formatMoney(Number(amount), locale) : "—");
  return t.rich(`notices.${kind}`, {
    ...params,
    scope: storeName ? "store" : "none",
    store: storeName ?? params.store ?? "",
    job: jobName(t, String(params.job)),
    until: () => <TimeAgo at={String(params.until)} />,
    login: () => <span className="font-medium">{params.login}</span>,
    by: String(params.by ?? ""),
    due: () => params.due && <TimeAgo at={String(params.due)} ahead />,
    before: money(params.before),
    wanted: money(params.wanted),
    ...leading(noticeLinks(params)),
  });
}

type Mark = (words: ReactNode) => ReactNode;

const leading = (links: ReturnType<typeof noticeLinks>): Record<NoticeLink, Mark> => {
  const marks = Object.entries(links).map(([name, href]) => {
    const mark: Mark = (words) => <Link href={href}>{words}</Link>;
    return [name, mark];
  });
  return Object.fromEntries(marks);
};
