import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "@/components/client-messages";
import { LanguageLinks } from "@/components/language-links";
import { Mark } from "@/components/mark";
import { PageHeader } from "@/components/ui/page-header";
import { ApiViewer } from "./api-viewer";

const DOCUMENT = "/api/v1/openapi.json";
const link = "text-blue underline underline-offset-2";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("api"))("title") };
}

/** The API's document to read and to try, open to everybody: nothing in it is anybody's. */
export default async function ApiDocsPage() {
  const t = await getTranslations("api");
  return (
    <div className="mx-auto flex min-h-dvh max-w-6xl flex-col gap-6 px-4 py-6">
      <header className="flex flex-col gap-2">
        <p className="flex items-center gap-2 font-semibold">
          <Mark className="size-5" />
          Duken
        </p>
        <PageHeader
          title={t("title")}
          lead={t.rich("lead", {
            keys: (text) => (
              <Link href="/settings/keys" className={link}>
                {text}
              </Link>
            ),
            file: (text) => (
              <a href={DOCUMENT} className={link}>
                {text}
              </a>
            ),
          })}
        />
      </header>
      <main className="grow">
        <ClientMessages of={["api.viewer"]}>
          <ApiViewer source={DOCUMENT} />
        </ClientMessages>
      </main>
      <footer>
        <LanguageLinks />
      </footer>
    </div>
  );
}
