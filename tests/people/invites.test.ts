import { describe, expect, test } from "vitest";
import type { Caller } from "@/lib/auth/model";
import { storePermissions } from "@/lib/auth/permission-model";
import { insertUser } from "@/lib/auth/users";
import { DAY, HOUR } from "@/lib/core/time";
import { invites } from "@/lib/db/schema/people";
import { auditLog } from "@/lib/db/schema/workspace";
import { createMailer } from "@/lib/mail/mailer";
import { acceptInvite, lookAtInvite } from "@/lib/people/accept-invite";
import { peopleAccess } from "@/lib/people/access";
import { changePerson } from "@/lib/people/change-person";
import { invitePerson, sendInviteAnew, withdrawInvite } from "@/lib/people/invite-person";
import { listInvites } from "@/lib/people/invite-queries";
import type { NewInvite } from "@/lib/people/model";
import { password, testPeople, tokenIn } from "../support/people";
import { smtp } from "../support/smtp";

const office = await testPeople();
const { access, mailing, letters } = office;
const { db } = access;
const owner = await office.person("owner");

let count = 0;
async function invited(by: Caller = owner, given: Partial<NewInvite> = {}) {
  count += 1;
  const email = `invited-${count}@example.kz`;
  const invite = { email, role: "member", locale: "kk", ...given } as const;
  const { link } = await invitePerson(access, by, invite);
  const pending = await listInvites(db, access.clock());
  const id = pending.find((one) => one.email === email)?.id ?? "";
  return { email, id, link, token: tokenIn(link) };
}
const accept = (token: string) =>
  acceptInvite(access, { token, name: "Ерлан", password: "of one's own", locale: "kk" });

describe("an invite", () => {
  test("makes an account of its role and language, once", async () => {
    const { email, id, token } = await invited();
    expect(await lookAtInvite(access, token)).toMatchObject({ state: "open", email, locale: "kk" });
    expect(await accept(token)).toEqual({ email });
    expect(await office.enter(email, "of one's own")).toMatchObject({
      role: "member",
      permissions: new Set(storePermissions),
      locale: "kk",
      name: "Ерлан",
    });
    expect(await office.audited(id)).toEqual(
      expect.arrayContaining(["invite.made", "invite.accepted"]),
    );
    await expect(accept(token)).rejects.toMatchObject({ kind: "gone", key: "invite_gone" });
    expect(await lookAtInvite(access, token)).toEqual({ state: "gone" });
  });

  test("is accepted by one of two who come at once", async () => {
    const { email, token } = await invited();
    const answers = await Promise.allSettled([accept(token), accept(token), accept(token)]);
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await office.enter(email, "of one's own")).not.toBeNull();
  });

  test("works for two days and is looked at without being used up", async () => {
    const { token } = await invited();
    office.advance(2 * DAY - HOUR);
    expect((await lookAtInvite(access, token)).state).toBe("open");
    office.advance(HOUR);
    expect((await lookAtInvite(access, token)).state).toBe("gone");
    await expect(accept(token)).rejects.toMatchObject({ kind: "gone" });
  });

  test("is void once withdrawn", async () => {
    const { id, token } = await invited();
    await withdrawInvite(access, owner, id);
    await expect(accept(token)).rejects.toMatchObject({ kind: "gone" });
    await expect(withdrawInvite(access, owner, id)).rejects.toMatchObject({ kind: "not_found" });
  });

  test("is sent anew with another link, the first one is void, and expired ones come back", async () => {
    const { id, token } = await invited();
    office.advance(3 * DAY);
    const pending = await listInvites(db, access.clock());
    expect(pending.find((one) => one.id === id)?.state).toBe("expired");
    const { link } = await sendInviteAnew(access, owner, id);
    await expect(accept(token)).rejects.toMatchObject({ kind: "gone" });
    await accept(tokenIn(link));
  });

  test("replaces an earlier one of the same e-mail", async () => {
    const first = await invited();
    const second = await invited(owner, { email: first.email });
    await expect(accept(first.token)).rejects.toMatchObject({ kind: "gone" });
    await accept(second.token);
  });

  test("is refused for an e-mail that has an account", async () => {
    const { email } = await office.person();
    await expect(invited(owner, { email })).rejects.toMatchObject({
      details: [{ path: "email", message: "email_has_account" }],
    });
  });

  test("leads nowhere when its e-mail has got an account since, and stays pending", async () => {
    const { email, token, id } = await invited();
    await insertUser(db, { email, name: "Сам", password, role: "member" }, access.clock());
    expect((await lookAtInvite(access, token)).state).toBe("taken");
    await expect(accept(token)).rejects.toMatchObject({ key: "email_taken" });
    expect(await office.enter(email, password)).not.toBeNull();
    expect((await listInvites(db, access.clock())).map((one) => one.id)).toContain(id);
  });

  test.each([["block"], ["demote"]] as const)(
    "is worth nothing after its giver was hit by %s, until another owner sends it",
    async (act) => {
      const giver = await office.person("owner");
      const { id, token } = await invited(giver, { role: "owner" });
      await changePerson(access, owner, { personId: giver.id, act });
      expect((await lookAtInvite(access, token)).state).toBe("gone");
      await expect(accept(token)).rejects.toMatchObject({ kind: "gone" });
      const pending = await listInvites(db, access.clock());
      expect(pending.find((one) => one.id === id)?.state).toBe("void");
      const { link } = await sendInviteAnew(access, owner, id);
      await accept(tokenIn(link));
    },
  );

  test("is the owners' to give, to send and to withdraw", async () => {
    const member = await office.person();
    const { id } = await invited();
    const tries = [
      invited(member),
      sendInviteAnew(access, member, id),
      withdrawInvite(access, member, id),
    ];
    for (const attempt of tries) await expect(attempt).rejects.toMatchObject({ kind: "forbidden" });
  });
});

describe("the link", () => {
  test("takes its beginning from the configuration", () => {
    expect(peopleAccess().origin).toBe("http://127.0.0.1:1");
  });

  test("begins with the configured address, is mailed in the invite's language, and shown in any case", async () => {
    const invite = { email: "mailed@example.kz", role: "member", locale: "en" } as const;
    const { link, mailed } = await invitePerson(mailing, owner, invite);
    expect(mailed).toBe(true);
    expect(link).toMatch(/^https:\/\/office\.example\.kz\/invite\?token=[\w-]{32}$/);
    const letter = letters.find(({ to }) => to === "mailed@example.kz");
    expect(letter?.subject).toBe("Invitation to Duken");
    expect(letter?.text).toContain(link);
  });

  test("leads in from the letter itself, through a real mail server", async () => {
    const { taken, settings } = await smtp();
    const invite = { email: "by-post@example.kz", role: "member", locale: "ru" } as const;
    await invitePerson({ ...access, mailer: createMailer(settings) }, owner, invite);
    const [, body = ""] = taken[0]?.text.split("\r\n\r\n") ?? [];
    const written = Buffer.from(body, "base64").toString();
    expect(written).toContain(`${owner.name} приглашает вас`);
    await accept(tokenIn(/https:\S+/.exec(written)?.[0] ?? null));
    expect(await office.enter(invite.email, "of one's own")).not.toBeNull();
  });

  test("is shown when the letter was not taken", async () => {
    office.refuseLetters(true);
    const invite = { email: "lost@example.kz", role: "member", locale: "ru" } as const;
    expect(await invitePerson(mailing, owner, invite)).toMatchObject({
      mailed: false,
      link: expect.stringContaining("/invite?token="),
    });
    office.refuseLetters(false);
  });

  test("is neither in the table nor in the audit", async () => {
    const { token } = await invited();
    const kept = JSON.stringify([
      await db.select().from(invites),
      await db.select().from(auditLog),
    ]);
    expect(kept).not.toContain(token);
  });
});
