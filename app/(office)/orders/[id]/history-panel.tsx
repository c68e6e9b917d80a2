import { useTranslations } from "next-intl";
import { Panel } from "@/components/panel";
import { TimeAgo } from "@/components/time-ago";
import type { Translator } from "@/lib/i18n/translator";
import type { stateHistory } from "@/lib/orders/shown-queries";
import { stateText, statusText } from "@/lib/orders/words";

type Props = { history: Awaited<ReturnType<typeof stateHistory>>; t: Translator };

/** The states it was seen in, the last one first. */
export function HistoryPanel({ history, t: translate }: Props) {
  const t = useTranslations("orders.page");
  return (
    <Panel title={t("history")}>
      <ol className="flex flex-col gap-2">
        {history.map(({ nth, at, state, status, person }) => (
          <li key={nth} className="flex flex-wrap items-baseline justify-between gap-x-4">
            <span>
              {stateText(translate, state)}
              <span className="text-ink-soft"> · {statusText(translate, status)}</span>
            </span>
            <span className="text-ink-faint text-sm">
              {person ?? "Kaspi"}, <TimeAgo at={at} />
            </span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
