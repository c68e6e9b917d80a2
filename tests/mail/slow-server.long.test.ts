import { expect, test } from "vitest";
import { MINUTE, SECOND, sleep } from "@/lib/core/time";
import { smtpPost } from "@/lib/mail/post";
import { smtp } from "../support/smtp";

const letter = {
  ...{ messageId: "<1@example.kz>", to: { name: "", address: "person@example.kz" } },
  ...{ subject: "Новости", text: "Здравствуйте", html: "", unsubscribeUrl: null, files: [] },
};

test(
  "a server that looks into a letter for a while before it takes it has taken it",
  async () => {
    const { settings } = await smtp({
      onData(stream, _session, done) {
        stream.resume();
        stream.on("end", () => void sleep(25 * SECOND).then(() => done()));
      },
    });
    const post = smtpPost(settings, { connections: 1 });
    expect(await post.give(letter)).toMatchObject({ kind: "success", code: 250 });
    post.close();
  },
  MINUTE,
);
