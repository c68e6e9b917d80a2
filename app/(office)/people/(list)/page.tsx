import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ButtonLink } from "@/components/ui/button";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { UrlStateProvider } from "@/components/ui/url-state";
import type { Caller } from "@/lib/auth/model";
import { pageCaller } from "@/lib/auth/session";
import { peopleAccess } from "@/lib/people/access";
import { listGroups } from "@/lib/people/group-queries";
import { listInvites } from "@/lib/people/invite-queries";
import { type Person, peopleListSchema } from "@/lib/people/model";
import { hasPeopleRight } from "@/lib/people/permissions";
import { listPeople } from "@/lib/people/queries";
import { hasMoreRights } from "@/lib/people/rules";
import { groupName } from "../group-name";
import { InviteButton } from "../invite-button";
import { InvitesPanel } from "../invites-panel";
import { PeopleTable } from "../people-table";
import type { GroupChoice, PersonLine } from "../person-line";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("people"))("title") };
}

export default async function PeoplePage({ searchParams }: PageProps<"/people">) {
  const [caller, asked] = await Promise.all([pageCaller(), searchParams]);
  if (!hasPeopleRight(caller, "view")) notFound();
  const { db, clock } = peopleAccess();
  const query = peopleListSchema.parse(asked);
  const manages = hasPeopleRight(caller, "manage");
  const [t, people, groups, invites] = await Promise.all([
    getTranslations("people"),
    listPeople(db, query),
    listGroups(db),
    manages ? listInvites(db, clock()) : [],
  ]);
  const choices = groups.map((group) => ({ id: group.id, name: groupName(t, group) }));
  const usual = groups.filter(({ builtIn }) => builtIn === "sellers").map(({ id }) => id);
  const isAlone = people.length === 1 && query.q === "" && invites.length === 0;
  return (
    <Page messages={["people"]}>
      <PageHeader
        title={t("title")}
        lead={t(isAlone ? "alone" : "lead")}
        action={
          manages && (
            <div className="flex flex-wrap gap-2">
              <ButtonLink href="/people/groups">{t("toGroups")}</ButtonLink>
              <InviteButton groups={choices} usual={usual} />
            </div>
          )
        }
      />
      {invites.length > 0 && <InvitesPanel invites={invites} />}
      <UrlStateProvider>
        <PeopleTable
          lines={people.map((person) => personLine(person, { caller, choices }))}
          groups={manages ? choices : null}
        />
      </UrlStateProvider>
    </Page>
  );
}

/** A person as the reader may see them, and what the reader may do to them. */
function personLine(
  { permissions, shares, ...person }: Person,
  { caller, choices }: { caller: Caller; choices: readonly GroupChoice[] },
): PersonLine {
  const outranks = hasMoreRights({ role: person.role, permissions, shares }, caller);
  return {
    ...person,
    isSelf: person.id === caller.id,
    groupNames: choices.flatMap(({ id, name }) => (person.groupIds.includes(id) ? [name] : [])),
    mayBlock: hasPeopleRight(caller, "block") && !outranks,
  };
}
