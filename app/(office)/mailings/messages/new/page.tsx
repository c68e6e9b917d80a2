import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { BackLink } from "@/components/ui/back-link";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/auth/permissions";
import { pageCaller } from "@/lib/auth/session";
import { mailingAccess } from "@/lib/mailings/access";
import { sampleAddresses } from "@/lib/mailings/messages/sample-queries";
import { NoMailingRight } from "../../no-right";
import { LetterDesk } from "../letter-desk";

const nothing = { subject: "", bodyText: "", bodyHtml: "" };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("letters"))("new") };
}

export default async function NewMessagePage() {
  const [caller, t] = await Promise.all([pageCaller(), getTranslations("letters")]);
  if (!can(caller, "edit_mailing")) return <NoMailingRight toEdit />;
  const mayChoose = can(caller, "view_recipient");
  return (
    <Page messages={["errors", "letters"]}>
      <div className="flex flex-col gap-2">
        <BackLink href="/mailings/messages">{t("title")}</BackLink>
        <PageHeader title={t("new")} />
      </div>
      <LetterDesk
        messageId={null}
        values={nothing}
        first={null}
        may={{ edit: true, choose: mayChoose }}
        isBeingSent={false}
        offered={mayChoose ? await sampleAddresses(mailingAccess().db, caller) : []}
      />
    </Page>
  );
}
