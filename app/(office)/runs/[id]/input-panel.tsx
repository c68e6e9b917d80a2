import { useTranslations } from "next-intl";
import { Panel } from "@/components/panel";
import type { RunView } from "@/lib/jobs/runs";

/** What the run was given: ids only, for whoever looks into a failure. */
export function InputPanel({ run: { id, job, event } }: { run: RunView }) {
  const t = useTranslations("runs.page");
  const label = (name: string) => {
    const key = `given.${name}` as Parameters<typeof t>[0];
    return t.has(key) ? t(key) : name;
  };
  const given = { job, run: id, event: event.name, ...event.data };
  return (
    <Panel title={t("input")}>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-1 font-mono text-xs">
        {Object.entries(given).map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-ink-soft">{label(name)}</dt>
            <dd className="break-all">
              {typeof value === "string" ? value : JSON.stringify(value)}
            </dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
