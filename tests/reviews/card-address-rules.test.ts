import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cardMeant } from "@/lib/reviews/card-address-rules";

describe("a card is meant by", () => {
  test.each([
    "106185651",
    " 106185651 ",
    "https://kaspi.kz/shop/p/chehol-dlja-apple-iphone-13-prozrachnyi-106185651/",
    "https://kaspi.kz/shop/p/chehol-dlja-apple-iphone-13-prozrachnyi-106185651/?c=750000000",
    "https://kaspi.kz/shop/p/-106185651/?c=710000000#reviews",
    "https://kaspi.kz/shop/p/-106185651",
    "http://kaspi.kz/shop/p/%D1%87%D0%B5%D1%85%D0%BE%D0%BB-106185651/",
    "https://www.kaspi.kz/shop/p/x-106185651/",
    "https://KASPI.KZ/shop/p/x-106185651/",
    "kaspi.kz/shop/p/x-106185651",
    "//kaspi.kz/shop/p/x-106185651/",
    "https://kaspi.kz/p/x-106185651/",
    "https://kaspi.kz/shop/p/106185651/",
  ])("%s", (typed) => {
    expect(cardMeant(typed)).toBe("106185651");
  });

  test("any number, with any words before it in the address", () => {
    const number = fc.integer({ min: 100, max: 999_999_999 }).map(String);
    const words = fc.stringMatching(/^[a-z0-9-]{0,40}$/);
    fc.assert(
      fc.property(number, words, (card, slug) => {
        expect(cardMeant(card)).toBe(card);
        expect(cardMeant(`https://kaspi.kz/shop/p/${slug}-${card}/?c=750000000`)).toBe(card);
      }),
    );
  });
});

describe("no card is meant by", () => {
  test.each([
    "",
    "чехол",
    "12",
    "1234567890123456",
    "-106185651",
    "10618565١",
    "https://example.com/shop/p/x-106185651/",
    "https://kaspi.kz.example.com/shop/p/x-106185651/",
    "https://notkaspi.kz/shop/p/x-106185651/",
    "https://example.com/?u=https://kaspi.kz/shop/p/x-106185651/",
    "https://example.com#https://kaspi.kz/shop/p/x-106185651/",
    "https://kaspi.kz@example.com/shop/p/x-106185651/",
    "https://user:word@kaspi.kz/shop/p/x-106185651/",
    "https://kaspi.kz:8443/shop/p/x-106185651/",
    "ftp://kaspi.kz/shop/p/x-106185651/",
    "javascript:alert(106185651)",
    "file:///shop/p/x-106185651/",
    "https://mc.shop.kaspi.kz/shop/p/x-106185651/",
    "https://kaspi.kz/shop/c/phones-106185651/",
    "https://kaspi.kz/shop/p/x-106185651/reviews/",
    "https://kaspi.kz/shop/p/x/?id=106185651",
    "https://kaspi.kz/shop/p/x-106185651x/",
    "http://127.0.0.1/shop/p/x-106185651/",
  ])("%s", (typed) => {
    expect(cardMeant(typed)).toBeNull();
  });

  test("any text: it is read or refused, and never thrown over", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (typed) => {
        const card = cardMeant(typed);
        expect(card === null || /^\d{3,15}$/.test(card)).toBe(true);
      }),
    );
  });
});
