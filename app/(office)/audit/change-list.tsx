import type { AuditChange } from "@/lib/audit/words";

type Props = { changes: readonly AuditChange[]; most?: number };

/** What was and what is: one line each. */
export function ChangeList({ changes, most = changes.length }: Props) {
  return (
    <ul className="flex flex-col gap-0.5 text-sm">
      {changes.slice(0, most).map(({ label, before, after }) => (
        <li key={label} className="break-words">
          {label && <span className="text-ink-faint">{label}: </span>}
          <span className="text-ink-soft">{before}</span>
          <span className="text-ink-faint"> → </span>
          <span className="font-medium">{after}</span>
        </li>
      ))}
      {changes.length > most && <li className="text-ink-faint">…</li>}
    </ul>
  );
}
