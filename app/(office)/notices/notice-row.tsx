import { DismissButton } from "@/components/notices/dismiss-button";
import { NoticeText } from "@/components/notices/notice-text";
import { TimeAgo } from "@/components/time-ago";
import { cn } from "@/components/ui/class-names";
import type { NoticeLine } from "@/lib/notices/page-queries";
import { dismiss } from "../actions";

const dots = { info: "bg-line-strong", warning: "bg-amber", danger: "bg-red" } as const;

export function NoticeRow({ notice }: { notice: NoticeLine }) {
  const { id, severity, storeName, createdAt, mayDismiss } = notice;
  return (
    <li className="flex items-start gap-3 px-4 py-3">
      <span
        aria-hidden="true"
        className={cn("mt-2 size-2 shrink-0 rounded-full", dots[severity])}
      />
      <div className="min-w-0 flex-1 [&_a]:text-blue [&_a]:underline-offset-2 hover:[&_a]:underline">
        <p className="break-words">
          <NoticeText notice={notice} storeName={storeName ?? undefined} />
        </p>
        <p className="text-ink-soft text-sm">
          <TimeAgo at={createdAt} />
        </p>
      </div>
      {mayDismiss && <DismissButton noticeId={id} dismiss={dismiss} onRed={false} />}
    </li>
  );
}
