import type { Metadata } from "next";
import { connection } from "next/server";
import { getTranslations } from "next-intl/server";
import { Button } from "@/components/ui/button";
import { mailingAccess } from "@/lib/mailings/access";
import { lookAtLink } from "@/lib/mailings/unsubscribe/unsubscribe-by-link";
import { readerLocale } from "../reader-locale";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations({ locale: await readerLocale(), namespace: "recipients.leave" });
  return { title: t("title") };
}

/** Asks whoever has followed the link of a letter; looking at it ends nothing, as programs look at links, too. */
export default async function UnsubscribePage({ params }: PageProps<"/unsubscribe/[token]">) {
  await connection();
  const { token } = await params;
  const [t, link] = await Promise.all([
    getTranslations({ locale: await readerLocale(), namespace: "recipients.leave" }),
    lookAtLink(mailingAccess(), token),
  ]);
  const state = link === null ? "wrong" : link.hasEnded ? "done" : "ask";
  return (
    <>
      <div className="flex flex-col gap-1.5">
        <h1 className="font-semibold text-xl">{t(`${state}.title`)}</h1>
        <p className="text-ink-soft [overflow-wrap:anywhere]">
          {t(`${state}.text`, { email: link?.email ?? "" })}
        </p>
      </div>
      {state === "ask" && (
        <form method="post" action={`/unsubscribe/${encodeURIComponent(token)}/now`}>
          <input type="hidden" name="by" value="page" />
          <Button type="submit" look="primary" size="lg" className="w-full">
            {t("ask.act")}
          </Button>
        </form>
      )}
    </>
  );
}
