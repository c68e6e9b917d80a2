import { beforeEach, expect, test } from "vitest";
import { mailboxLetters } from "@/lib/db/schema/mailings";
import type { Letter } from "@/lib/mail/post";
import { mailboxPost } from "@/lib/mailings/mailbox/mailbox-post";
import { keptLetter, LETTERS_PER_PAGE, listLetters } from "@/lib/mailings/mailbox/mailbox-queries";
import { testOffice } from "../support/office";
import { alsoMay } from "../support/person";

const office = await testOffice();
const { owner, stranger, twin } = office;
const { db, clock } = office.access;
const post = mailboxPost(db, clock, "Duken <office@example.kz>");

beforeEach(async () => {
  await db.delete(mailboxLetters);
});

const letter = (more: Partial<Letter> = {}): Letter => ({
  ...{ messageId: "<1@example.kz>", to: { name: "Асель", address: "asel@example.kz" } },
  ...{ subject: "Новости", text: "Здравствуйте", html: "<p>Здравствуйте</p>" },
  ...{ unsubscribeUrl: "https://office.example.kz/unsubscribe/x", files: [], ...more },
});

test("a letter lies in the box with its sender, its headers and its words", async () => {
  const files = [{ name: "прайс.pdf", type: "application/pdf", content: Buffer.alloc(3) }];
  expect(await post.give(letter({ files }))).toMatchObject({ kind: "success", code: 250 });
  const { rows } = await listLetters(db, owner, 1);
  expect(rows).toMatchObject([{ to: "asel@example.kz", subject: "Новости" }]);
  const kept = await keptLetter(db, owner, rows[0]?.id ?? "");
  expect(kept).toMatchObject({ bodyText: "Здравствуйте", bodyHtml: "<p>Здравствуйте</p>" });
  expect(kept?.headers.split("\n")).toEqual([
    "From: Duken <office@example.kz>",
    "To: Асель <asel@example.kz>",
    "Subject: Новости",
    expect.stringMatching(/^Date: .+ GMT$/),
    "Message-ID: <1@example.kz>",
    "List-Unsubscribe: <https://office.example.kz/unsubscribe/x>",
    "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
    "Attachment: прайс.pdf, 3",
  ]);
});

test("a break in a name begins no header there either", async () => {
  const to = { name: "Асель\r\nBcc: all@example.kz", address: "asel@example.kz" };
  await post.give(letter({ to, unsubscribeUrl: null }));
  const [kept] = await db.select().from(mailboxLetters);
  expect(kept?.headers.split("\n").map((line) => line.split(":")[0])).toEqual([
    ...["From", "To", "Subject", "Date", "Message-ID"],
  ]);
});

test("the newest comes first, fifty a page, for whoever may see mailings", async () => {
  for (let nth = 0; nth <= LETTERS_PER_PAGE; nth += 1) {
    twin.advance({ ms: 1_000 });
    await post.give(letter({ subject: `${nth}` }));
  }
  const viewer = alsoMay(stranger, "view_mailing");
  const first = await listLetters(db, viewer, 1);
  expect(first).toMatchObject({ total: 51, page: 1, rows: { length: 50 } });
  expect(first.rows[0]?.subject).toBe("50");
  expect(await listLetters(db, viewer, 7)).toMatchObject({ page: 2, rows: [{ subject: "0" }] });
  await expect(listLetters(db, stranger, 1)).rejects.toMatchObject({ kind: "forbidden" });
  await expect(keptLetter(db, stranger, first.rows[0]?.id ?? "")).rejects.toMatchObject({
    kind: "forbidden",
  });
});
