import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { UrlStateProvider } from "@/components/ui/url-state";
import { pageCaller } from "@/lib/auth/session";
import { peopleAccess } from "@/lib/people/access";
import { listInvites } from "@/lib/people/invite-queries";
import { peopleListSchema } from "@/lib/people/model";
import { hasPeopleRight } from "@/lib/people/permissions";
import { listPeople } from "@/lib/people/queries";
import { InviteButton } from "./invite-button";
import { InvitesPanel } from "./invites-panel";
import { PeopleTable } from "./people-table";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("people"))("title") };
}

export default async function PeoplePage({ searchParams }: PageProps<"/people">) {
  const [caller, asked] = await Promise.all([pageCaller(), searchParams]);
  if (!hasPeopleRight(caller, "view")) notFound();
  const { db, clock } = peopleAccess();
  const query = peopleListSchema.parse(asked);
  const manages = hasPeopleRight(caller, "manage");
  const [t, people, invites] = await Promise.all([
    getTranslations("people"),
    listPeople(db, query),
    manages ? listInvites(db, clock()) : [],
  ]);
  const isAlone = people.length === 1 && query.q === "" && invites.length === 0;
  return (
    <Page messages={["people"]}>
      <PageHeader
        title={t("title")}
        lead={t(isAlone ? "alone" : "lead")}
        action={manages && <InviteButton />}
      />
      {invites.length > 0 && <InvitesPanel invites={invites} />}
      <UrlStateProvider>
        <PeopleTable
          lines={people.map((person) => ({ ...person, isSelf: person.id === caller.id }))}
        />
      </UrlStateProvider>
    </Page>
  );
}
