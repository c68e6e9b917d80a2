import { Banner } from "@/components/ui/banner";
import type { Notice } from "@/lib/notices/model";
import { type Dismiss, DismissButton } from "./dismiss-button";
import { NoticeText } from "./notice-text";

type Props = {
  notice: Notice;
  /** The store it is about, as it is called now. */
  storeName: string | undefined;
  dismiss: Dismiss;
};

const tones = { info: "plain", warning: "amber", danger: "red" } as const;

/** One thing the office must know: what stands still, and where to go about it. */
export function NoticeBanner({ notice, storeName, dismiss }: Props) {
  const { id, severity, mayDismiss } = notice;
  return (
    <Banner
      tone={tones[severity]}
      action={
        mayDismiss && (
          <DismissButton noticeId={id} dismiss={dismiss} onRed={severity === "danger"} />
        )
      }
    >
      <NoticeText notice={notice} storeName={storeName} />
    </Banner>
  );
}
