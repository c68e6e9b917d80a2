import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { BackLink } from "@/components/ui/back-link";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { pageCaller } from "@/lib/auth/session";
import { peopleAccess } from "@/lib/people/access";
import { groupMembers, listGroups } from "@/lib/people/group-queries";
import { hasPeopleRight } from "@/lib/people/permissions";
import { GroupPanel } from "./group-panel";
import { NewGroup } from "./new-group";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("people.groups"))("title") };
}

/** What each group may do, and who is in it: the owner's to decide. */
export default async function GroupsPage() {
  const caller = await pageCaller();
  if (!hasPeopleRight(caller, "manage")) notFound();
  const { db } = peopleAccess();
  const [t, tPeople, groups, members] = await Promise.all([
    getTranslations("people.groups"),
    getTranslations("people"),
    listGroups(db),
    groupMembers(db),
  ]);
  return (
    <Page messages={["people", "permissions"]}>
      <div className="flex flex-col gap-2">
        <BackLink href="/people">{tPeople("title")}</BackLink>
        <PageHeader title={t("title")} lead={t("lead")} action={<NewGroup />} />
      </div>
      <div className="grid items-start gap-4 xl:grid-cols-2">
        {groups.map((group) => (
          <GroupPanel
            key={group.id}
            group={group}
            members={members.filter(({ groupId }) => groupId === group.id)}
          />
        ))}
      </div>
    </Page>
  );
}
