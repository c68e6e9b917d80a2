import { describe, expect, test } from "vitest";
import { createMailer, mailer } from "@/lib/mail/mailer";
import { smtp } from "../support/smtp";

const letter = { to: "person@example.kz", subject: "Приглашение", text: "Здравствуйте" };

describe("a letter", () => {
  test("arrives as plain text from the office's address", async () => {
    const { taken, settings } = await smtp();
    expect(await createMailer(settings).send(letter)).toBe(true);
    expect(taken).toMatchObject([{ from: "office@example.kz", to: ["person@example.kz"] }]);
    expect(taken[0]?.text).toContain("text/plain; charset=utf-8");
    const body = taken[0]?.text.split("\r\n\r\n").at(1) ?? "";
    expect(Buffer.from(body, "base64").toString().trim()).toBe("Здравствуйте");
  });

  test("goes to one person, whatever stands in the subject", async () => {
    const { taken, settings } = await smtp();
    const subject = "Приглашение\r\nBcc: stranger@example.kz\r\n\r\nhello";
    await createMailer(settings).send({ ...letter, subject });
    expect(taken[0]?.to).toEqual(["person@example.kz"]);
    expect(taken[0]?.text).not.toMatch(/^Bcc:/m);
  });

  test("is taken by a server that wants a login", async () => {
    const { taken, settings } = await smtp({
      authOptional: false,
      onAuth({ username, password }, _session, done) {
        if (username === "office" && password === "secret") done(null, { user: username });
        else done(new Error("no"));
      },
    });
    const withLogin = (pass: string) =>
      createMailer({ ...settings, login: { user: "office", pass } });
    expect(await withLogin("wrong").send(letter)).toBe(false);
    expect(await withLogin("secret").send(letter)).toBe(true);
    expect(taken).toHaveLength(1);
  });

  test("is not sent in the clear where encryption is asked for", async () => {
    const { taken, settings } = await smtp();
    expect(await createMailer({ ...settings, tls: "starttls" }).send(letter)).toBe(false);
    expect(taken).toEqual([]);
  });

  test("that is refused, or that nobody is there to take, is not sent, and nothing breaks", async () => {
    const { settings } = await smtp({
      onRcptTo: (_address, _session, done) => done(new Error("unknown mailbox")),
    });
    expect(await createMailer(settings).send(letter)).toBe(false);
    expect(await createMailer({ ...settings, port: 1 }).send(letter)).toBe(false);
  });
});

test("without a mail server there is no mailer", () => {
  expect(mailer()).toBeNull();
});
