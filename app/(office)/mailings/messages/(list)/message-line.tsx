import Link from "next/link";
import { useTranslations } from "next-intl";
import { TimeAgo } from "@/components/time-ago";
import type { MessageRow } from "@/lib/mailings/messages/list-queries";

type Props = { message: MessageRow; isForeign: boolean };

/** A letter in the list: its subject, what goes with it, where it is used. */
export function MessageLine({ message, isForeign }: Props) {
  const t = useTranslations("letters.line");
  const { id, subject, ownerName, updatedAt, files, mailings, hasHtml } = message;
  return (
    <li className="flex flex-col gap-0.5 border-b px-4 py-3 last:border-b-0">
      <Link href={`/mailings/messages/${id}`} className="truncate font-medium hover:underline">
        {subject}
      </Link>
      <p className="flex flex-wrap gap-x-3 text-ink-soft text-sm">
        <span>{t.rich("changed", { when: () => <TimeAgo at={updatedAt} /> })}</span>
        {isForeign && <span>{ownerName}</span>}
        {!hasHtml && <span>{t("textAlone")}</span>}
        {files > 0 && <span>{t("files", { count: files })}</span>}
        <span>{t("mailings", { count: mailings })}</span>
      </p>
    </li>
  );
}
