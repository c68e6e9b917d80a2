import { describe, expect, test } from "vitest";
import { outcomeOf, wordsOf } from "@/lib/mail/smtp-answer-rules";

describe("what became of a letter", () => {
  const replied = (responseCode: number, response: string) =>
    outcomeOf({ code: "EENVELOPE", command: "RCPT TO", responseCode, response }, false);

  test("a 5xx is the end of it, and says whether there is such a box", () => {
    expect(replied(550, "550 5.1.1 no such user")).toMatchObject({
      kind: "hard",
      code: 550,
      isNobody: true,
    });
    expect(replied(550, "550 5.7.1 blocked by policy, user unknown to us")).toMatchObject({
      isNobody: false,
    });
    expect(replied(550, "550 Mailbox unavailable")).toMatchObject({ isNobody: true });
    expect(replied(554, "554 spam")).toMatchObject({ kind: "hard", isNobody: false });
    expect(replied(552, "552 5.2.2 mailbox full")).toMatchObject({ kind: "hard", isNobody: false });
  });

  test("what is refused to us is held against nobody we write to", () => {
    const said = (command: string, responseCode: number, response: string, code = "EENVELOPE") =>
      outcomeOf({ code, command, responseCode, response }, false);
    const ours = { kind: "hard", isOurs: true, isNobody: false };
    expect(said("AUTH PLAIN", 535, "535 5.7.8 bad credentials", "EAUTH")).toMatchObject(ours);
    expect(said("MAIL FROM", 550, "550 5.1.1 user unknown")).toMatchObject(ours);
    expect(said("CONN", 554, "554 no service for your address", "EPROTOCOL")).toMatchObject(ours);
    expect(said("RCPT TO", 550, "550 5.1.1 user unknown")).toMatchObject({
      ...{ kind: "hard", isOurs: false, isNobody: true },
    });
    expect(said("DATA", 554, "554 spam", "EMESSAGE")).toMatchObject({ isOurs: false });
    expect(said("AUTH PLAIN", 454, "454 4.7.0 later", "EAUTH")).toMatchObject({ kind: "soft" });
    expect(
      outcomeOf({ code: "EAUTH", command: "API", message: "Missing credentials" }, false),
    ).toMatchObject(ours);
  });

  test.each([
    "550 5.1.0 <office@example.kz>: Sender address rejected: User unknown in local table",
    "550 Sender address rejected: user unknown",
    "550 Sorry, we take no letters from your address",
    "550 Letters from IP 203.0.113.7 are refused to every user",
    "550 Recipient address rejected: blocked by our policy",
    "550 Relaying to this recipient denied",
    "551 User not local, we do not relay",
  ])("what a server says of us at a recipient's name is held against no box: %s", (response) => {
    const outcome = replied(Number(response.slice(0, 3)), response);
    expect(outcome).toMatchObject({ kind: "hard", isNobody: false });
  });

  test.each([
    "550 5.1.1 <a@b.kz>: Recipient address rejected: User unknown in relay recipient table",
    "550 No such user here",
    "551 User not local",
  ])("what it says of the box is: %s", (response) => {
    expect(replied(Number(response.slice(0, 3)), response)).toMatchObject({ isNobody: true });
  });

  test("a bare 550 to a letter that was given says nothing of its box", () => {
    const trouble = { code: "EMESSAGE", command: "DATA", responseCode: 550 };
    const response = "550 the address in this letter is not one of our user list";
    expect(outcomeOf({ ...trouble, response }, true)).toMatchObject({ isNobody: false });
  });

  test("a 4xx may be tried again, also after the letter was given", () => {
    expect(replied(451, "451 4.7.1 greylisted")).toMatchObject({ kind: "soft", code: 451 });
    const after = outcomeOf({ responseCode: 452, response: "452 4.3.1 full" }, true);
    expect(after).toMatchObject({ kind: "soft" });
  });

  test("silence before the letter was given is a try in vain, after it nobody knows", () => {
    const lost = { code: "ECONNECTION", message: "Connection closed unexpectedly" };
    expect(outcomeOf(lost, false)).toMatchObject({ kind: "soft" });
    expect(outcomeOf(lost, true)).toEqual({ kind: "unknown", said: lost.message });
  });
});

test("the server's words stand on one line, and are not endless", () => {
  expect(wordsOf("550-first\r\n550 second\u0000\t.")).toBe("550-first 550 second .");
  expect(wordsOf("я".repeat(2_000))).toHaveLength(500);
});
