import Link from "next/link";
import { useTranslations } from "next-intl";
import { type ShareDays, shareDays } from "@/lib/overview/share-model";

type Props = { shown: ShareDays; store: string | undefined };

/** Over how many days the share is drawn; older hours are not kept. */
export function ShareRange({ shown, store }: Props) {
  const t = useTranslations("overview.losing");
  return (
    <nav aria-label={t("range")} className="flex flex-wrap gap-x-4 text-sm">
      {shareDays.map((days) => (
        <Link
          key={days}
          href={`/overview?${new URLSearchParams({ ...(store && { store }), days })}`}
          scroll={false}
          aria-current={days === shown ? "true" : undefined}
          className="py-1 text-ink-soft underline-offset-2 hover:underline aria-[current]:font-medium aria-[current]:text-ink"
        >
          {t("days", { count: Number(days) })}
        </Link>
      ))}
    </nav>
  );
}
