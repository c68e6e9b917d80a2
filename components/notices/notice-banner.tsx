import Link from "next/link";
import { useTranslations } from "next-intl";
import { TimeAgo } from "@/components/time-ago";
import { Banner } from "@/components/ui/banner";
import type { Notice } from "@/lib/notices/model";
import { type Dismiss, DismissButton } from "./dismiss-button";

type Props = {
  notice: Notice;
  /** The store it is about, as it is called now. */
  storeName: string | undefined;
  dismiss: Dismiss;
};

const tones = { info: "plain", warning: "amber", danger: "red" } as const;

/** One thing the office must know: what stands still, and where to go about it. */
export function NoticeBanner({ notice, storeName, dismiss }: Props) {
  const { id, kind, severity, params } = notice;
  const t = useTranslations("notices");
  const text = t.rich(kind, {
    ...params,
    store: storeName ?? params.store ?? "",
    until: () => <TimeAgo at={String(params.until)} />,
    login: () => <span className="font-medium">{params.login}</span>,
    reenter: (words) => (
      <Link href={`/stores?connect=1&login=${encodeURIComponent(String(params.login))}`}>
        {words}
      </Link>
    ),
    stores: (words) => <Link href="/stores">{words}</Link>,
  });
  return (
    <Banner
      tone={tones[severity]}
      action={<DismissButton noticeId={id} dismiss={dismiss} onRed={severity === "danger"} />}
    >
      {text}
    </Banner>
  );
}
