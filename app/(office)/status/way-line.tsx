import { useTranslations } from "next-intl";
import { TimeAgo } from "@/components/time-ago";
import { StatusDot } from "@/components/ui/badge";
import type { WayStatus } from "@/lib/overview/works-model";

const tones = { works: "green", struggling: "amber", down: "red", idle: "plain" } as const;
const meanings = { works: "fine", struggling: "rough", down: "none" } as const;

export function WayLine({ way: { group, state, since, lastOkAt } }: { way: WayStatus }) {
  const t = useTranslations("status");
  return (
    <li className="flex flex-col gap-1 border-t py-3 first:border-t-0 first:pt-0 last:pb-0">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <p className="font-medium">{t(`name.${group}`)}</p>
        <p className="flex flex-wrap items-baseline gap-x-3 text-sm">
          <StatusDot tone={tones[state]}>
            {t(state)}
            {since && <> {t.rich("since", { when: () => <TimeAgo at={since} /> })}</>}
          </StatusDot>
          {lastOkAt && (
            <span className="text-ink-soft">
              {t.rich("answered", { when: () => <TimeAgo at={lastOkAt} /> })}
            </span>
          )}
        </p>
      </div>
      <p className="text-ink-soft text-sm">
        {state === "idle" ? t("idleText") : t(`${meanings[state]}.${group}`)}
      </p>
    </li>
  );
}
