"use client";

import { Cross2Icon } from "@radix-ui/react-icons";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { IconButton } from "@/components/ui/icon-button";
import { useAct } from "@/components/use-act";
import { unlink } from "./actions";
import type { TaskDetail } from "./task-detail";

/** What a task is about, as far as the reader may see it. */
export function TaskLinks({ task }: { task: TaskDetail }) {
  const t = useTranslations("tasks.links");
  const { act, pending } = useAct();
  const { id: taskId, links, hasHiddenLinks, mayChange } = task;
  if (links.length === 0 && !hasHiddenLinks) return null;
  return (
    <section aria-busy={pending || undefined} className="flex flex-col gap-1">
      <h3 className="font-medium text-sm">{t("title")}</h3>
      <ul>
        {links.map(({ kind, name, href }) => (
          <li key={kind} className="flex min-h-8 items-center gap-2">
            <span className="text-ink-soft">{t(kind)}:</span>
            <Link href={href} className="min-w-0 truncate text-blue hover:underline">
              {name}
            </Link>
            {mayChange && (
              <IconButton
                label={t("remove", { name })}
                icon={<Cross2Icon />}
                onClick={() => act(() => unlink({ taskId, [`${kind}Id`]: null }))}
                className="ml-auto size-7"
              />
            )}
          </li>
        ))}
      </ul>
      {hasHiddenLinks && <p className="text-ink-soft text-sm">{t("hidden")}</p>}
    </section>
  );
}
