import type { Clock } from "@/lib/core/time";
import type { Db } from "@/lib/db/client";
import { mailboxLetters } from "@/lib/db/schema/mailings";
import type { Post } from "@/lib/mail/post";

/** Where a training office's letters go: into a box that everybody there may look into. */
export function mailboxPost(db: Db, clock: Clock): Post {
  return {
    async give({ messageId, to, subject, text, html, unsubscribeUrl, files }) {
      const headers = [
        `Message-ID: ${messageId}`,
        ...(unsubscribeUrl ? [`List-Unsubscribe: <${unsubscribeUrl}>`] : []),
        ...files.map(({ name, content }) => `Attachment: ${name}, ${content.byteLength}`),
      ].join("\n");
      await db.insert(mailboxLetters).values({
        ...{ at: clock(), to: to.address, subject, bodyText: text, bodyHtml: html, headers },
      });
      return { kind: "success", code: 250, said: "250 2.0.0 OK" };
    },
    close() {},
  };
}
