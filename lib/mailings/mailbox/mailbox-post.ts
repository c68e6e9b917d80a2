import type { Clock } from "@/lib/core/time";
import type { Db } from "@/lib/db/client";
import type { Letter, Post } from "@/lib/mail/post";
import { keepLetter } from "./mailbox-queries";

/** Where a training office's letters go: into a box that everybody there may look into. */
export function mailboxPost(db: Db, clock: Clock, from: string): Post {
  return {
    async give(letter) {
      const at = clock();
      const { to, subject, text, html } = letter;
      await keepLetter(db, {
        ...{ at, to: to.address, subject, bodyText: text, bodyHtml: html },
        headers: headersOf(letter, from, at),
      });
      return { kind: "success", code: 250, said: "250 2.0.0 OK" };
    },
    close() {},
  };
}

/** As a mail server would have got them, a line each. */
function headersOf(letter: Letter, from: string, at: Date): string {
  const { messageId, to, subject, unsubscribeUrl, files } = letter;
  const lines = [
    `From: ${from}`,
    `To: ${to.name ? `${to.name} <${to.address}>` : to.address}`,
    `Subject: ${subject}`,
    `Date: ${at.toUTCString()}`,
    `Message-ID: ${messageId}`,
    ...(unsubscribeUrl
      ? [
          `List-Unsubscribe: <${unsubscribeUrl}>`,
          "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
        ]
      : []),
    ...files.map(({ name, content }) => `Attachment: ${name}, ${content.byteLength}`),
  ];
  return lines.map((line) => line.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")).join("\n");
}
