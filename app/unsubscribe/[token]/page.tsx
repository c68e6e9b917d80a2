import type { Metadata } from "next";
import { connection } from "next/server";
import { Button } from "@/components/ui/button";
import { translator } from "@/lib/i18n/translator";
import { mailingAccess } from "@/lib/mailings/access";
import { lookAtLink } from "@/lib/mailings/unsubscribe/unsubscribe-by-link";
import { readerLocale } from "../reader-locale";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await readerLocale())("recipients.leave.title") };
}

/** Asks whoever has followed the link of a letter; looking at it ends nothing, as programs look at links, too. */
export default async function UnsubscribePage({ params }: PageProps<"/unsubscribe/[token]">) {
  await connection();
  const { token } = await params;
  const [locale, link] = await Promise.all([readerLocale(), lookAtLink(mailingAccess(), token)]);
  const t = translator(locale);
  const state = link === null ? "wrong" : link.hasEnded ? "done" : "ask";
  return (
    <>
      <div className="flex flex-col gap-1.5">
        <h1 className="font-semibold text-xl">{t(`recipients.leave.${state}.title`)}</h1>
        <p className="text-ink-soft [overflow-wrap:anywhere]">
          {t(`recipients.leave.${state}.text`, { email: link?.email ?? "" })}
        </p>
      </div>
      {state === "ask" && (
        <form method="post" action={`/unsubscribe/${encodeURIComponent(token)}/now`}>
          <input type="hidden" name="by" value="page" />
          <Button type="submit" look="primary" size="lg" className="w-full">
            {t("recipients.leave.ask.act")}
          </Button>
        </form>
      )}
    </>
  );
}
