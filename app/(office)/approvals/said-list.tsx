import { useTranslations } from "next-intl";
import type { Said } from "./use-answers";

/** What the answers given on this page have come to, the newest first; there before the first, or it is not read aloud. */
export function SaidList({ said }: { said: Said[] }) {
  const t = useTranslations("approvals");
  return (
    <section
      aria-label={t("said")}
      aria-live="polite"
      className={said.length > 0 ? "rounded-lg border bg-surface px-3 py-2 text-sm" : "sr-only"}
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
