import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { TimeAgo } from "@/components/time-ago";
import { formatMoney } from "@/lib/i18n/money";
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
    run: (words) => <Link href={`/runs/${params.run}`}>{words}</Link>,
    until: () => <TimeAgo at={String(params.until)} />,
    login: () => <span className="font-medium">{params.login}</span>,
    reenter: (words) => <Link href={`/stores?connect=${params.account ?? 1}`}>{words}</Link>,
    stores: (words) => <Link href="/stores">{words}</Link>,
    exits: (words) => <Link href="/settings/exits">{words}</Link>,
    webhooks: (words) => <Link href="/settings/webhooks">{words}</Link>,
    token: (words) => <Link href={`/stores/${params.id}`}>{words}</Link>,
    preorders: (words) => <Link href="/preorders">{words}</Link>,
    review: (words) => (
      <Link href={`/reviews?${new URLSearchParams({ store: String(params.of), stars: "low" })}`}>
        {words}
      </Link>
    ),
    by: String(params.by ?? ""),
    due: () => params.due && <TimeAgo at={String(params.due)} ahead />,
    before: money(params.before),
    wanted: money(params.wanted),
    task: (words) => <Link href={`/tasks/${params.task}`}>{words}</Link>,
    prices: (words) => <Link href="/stores">{words}</Link>,
    stock: (words) => (
      <Link href={`/sales/stock?${new URLSearchParams({ store: String(params.of) })}`}>
        {words}
      </Link>
    ),
    approvals: (words) => <Link href="/approvals">{words}</Link>,
  });
}
