import Link from "next/link";
import { useTranslations } from "next-intl";

type Props = {
  name: "attacked" | "blocked" | "late" | "rejected";
  count: number;
  shown: string;
  href: string;
};

const tones = {
  attacked: "text-red",
  blocked: "text-amber",
  late: "text-amber",
  rejected: "text-red",
};

/** One way of losing: how many products, what it means, and the list of them. */
export function LossLine({ name, count, shown, href }: Props) {
  const t = useTranslations("overview.losing");
  const words = (
    <>
      <span className="min-w-0">
        <span className="block">{t(name)}</span>
        <span className="block text-ink-soft text-sm">{t(`${name}Why`)}</span>
      </span>
      <span
        className={`shrink-0 font-semibold text-lg ${count > 0 ? tones[name] : "text-ink-faint"}`}
      >
        {shown}
      </span>
    </>
  );
  const look = "-mx-2 flex items-start justify-between gap-4 rounded-md px-2 py-2";
  return (
    <li>
      {count > 0 ? (
        <Link href={href} className={`${look} hover:bg-hover`}>
          {words}
        </Link>
      ) : (
        <div className={look}>{words}</div>
      )}
    </li>
  );
}
