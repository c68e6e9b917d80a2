import { useTranslations } from "next-intl";
import type { Said } from "./use-answers";

/** What the answers given on this page have come to, the newest first. */
export function SaidList({ said }: { said: Said[] }) {
  const t = useTranslations("approvals");
  if (said.length === 0) return null;
  return (
    <section
      aria-label={t("said")}
      aria-live="polite"
      className="rounded-lg border bg-surface px-3 py-2 text-sm"
    >
      <ul className="flex max-h-40 flex-col gap-1 overflow-y-auto">
        {said.map(({ id, product, text, tone }) => (
          <li key={id} className={tone === "red" ? "text-red" : undefined}>
            {product && <span className="font-medium">{product}: </span>}
            {text}
          </li>
        ))}
      </ul>
    </section>
  );
}
