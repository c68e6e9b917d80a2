import { describe, expect, test } from "vitest";
import { loginReplySchema, loginRequestSchema, phoneSchema } from "@/lib/accounts/model";
import { isPhone, loginLabel } from "@/lib/core/login-label";
import { maskedPhone } from "@/lib/kaspi/login-calls";

describe("a phone", () => {
  test.each([
    "+7 (701) 000-00-03",
    "8 701 000 00 03",
    "87010000003",
    "77010000003",
    "7010000003",
    " +7 701 0000003 ",
  ])("typed as «%s» is the same number", (typed) => {
    const phone = phoneSchema.parse(typed);
    expect([phone, maskedPhone(phone)]).toEqual(["77010000003", "+7 (701) 000-00-03"]);
  });

  test.each(["", "701", "+7 901 000 00 03", "+996 701 000 003", "8 701 000 00 031"])(
    "«%s» is none",
    (typed) => {
      expect(phoneSchema.safeParse(typed).error?.issues[0]?.message).toBe("phone_invalid");
    },
  );

  test("is shown by its ends alone, an e-mail as it is", () => {
    expect(loginLabel("77010000003")).toBe("+7 701 ••• •• 03");
    expect(loginLabel("shop@example.kz")).toBe("shop@example.kz");
    expect([isPhone("77010000003"), isPhone("7701000000"), isPhone("7@example.kz")]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe("a code", () => {
  const typed = (code: string) =>
    loginReplySchema.safeParse({
      pendingId: "3f2b8a52-13a1-4c0e-9d7e-0a4b1a3c5d6e",
      reply: { kind: "code", code },
    });

  test.each([
    ["123456", "123456"],
    [" 123 456 ", "123456"],
    ["Ваш код подтверждения: 458801", "458801"],
    ["1234", "1234"],
  ])("pasted as «%s» is %s", (text, code) => {
    expect(typed(text).data?.reply).toEqual({ kind: "code", code });
  });

  test.each(["", "12", "123456789", "code"])("«%s» is none", (text) => {
    expect(typed(text).error?.issues[0]).toMatchObject({
      path: ["reply", "code"],
      message: "login_code_invalid",
    });
  });
});

test("a login by e-mail says whether its password may be kept", () => {
  const request = { by: "email", email: " Shop@Example.kz ", password: "secret" };
  expect(loginRequestSchema.safeParse(request).success).toBe(false);
  expect(loginRequestSchema.parse({ ...request, keepPassword: false })).toEqual({
    by: "email",
    email: "shop@example.kz",
    password: "secret",
    keepPassword: false,
  });
});
