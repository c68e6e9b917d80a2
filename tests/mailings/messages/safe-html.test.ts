import { describe, expect, test } from "vitest";
import { safeHtml, textOfHtml } from "@/lib/mailings/messages/safe-html";

describe("the HTML of a letter", () => {
  test("keeps what letters are made of", () => {
    const html =
      '<h1 style="color:#c00">Скидки</h1><p>Для вас, {{first_name}} <a href="https://example.kz">здесь</a></p><table width="100%"><tbody><tr><td colspan="2">10 %</td></tr></tbody></table><img src="https://example.kz/a.png" alt="фото" />';
    expect(safeHtml(html)).toBe(html);
  });

  test.each([
    ["a script", "<p>да</p><script>alert(1)</script>", "<p>да</p>"],
    [
      "what runs by itself",
      '<img src="https://a.kz/x.png" onerror="alert(1)">',
      '<img src="https://a.kz/x.png" />',
    ],
    ["a link that runs", '<a href="javascript:alert(1)">да</a>', "<a>да</a>"],
    ["a hidden one", '<a href=" java\nscript:alert(1)">да</a>', "<a>да</a>"],
    ["a form and its fields", '<form action="https://x"><input name="p">да</form>', "да"],
    ["a frame", '<iframe src="https://x"></iframe>да', "да"],
    ["a style that loads", '<p style="background:url(https://x)">да</p>', "<p>да</p>"],
    [
      "a place over everything",
      '<p style="position:fixed;color:red">да</p>',
      '<p style="color:red">да</p>',
    ],
    ["a picture that is data", '<img src="data:text/html,<script>">да', "да"],
    ["a sheet of styles", "<style>@import url(https://x)</style>да", "да"],
    ["a base", '<base href="https://x/">да', "да"],
    ["drawings", '<svg onload="alert(1)"><a xlink:href="javascript:1">x</a></svg>да', "<a>x</a>да"],
  ])("has no %s", (_, given, safe) => {
    expect(safeHtml(given)).toBe(safe);
  });

  test.each([
    ["a name", '<a href="{{name}}">да</a>', "<a>да</a>"],
    ["the rest of a way", '<a href="javasc{{ first_name }}">да</a>', "<a>да</a>"],
    ["a name behind a break", '<a href="\n{{name}}">да</a>', "<a>да</a>"],
    ["a picture of a name", '<img src="{{name}}">да', "да"],
  ])("leads nowhere that only %s says", (_, given, safe) => {
    expect(safeHtml(given)).toBe(safe);
  });

  test("leads to unsubscribing, and with placeholders to where it says itself", () => {
    const html =
      '<a href="{{unsubscribe}}">a</a><a href="{{ unsubscribe }}">b</a><a href="https://a.kz/?to={{email}}">c</a><a href="mailto:{{email}}">d</a><img src="https://a.kz/{{email}}.png" />';
    expect(safeHtml(html)).toBe(html);
  });

  test("made safe twice is the same", () => {
    const once = safeHtml('<div><p style="COLOR:RED;x:y">a<b>b</p></div><a href="//x">c</a>');
    expect(safeHtml(once)).toBe(once);
  });
});

test("its words stand by themselves, with the addresses of links", () => {
  const html =
    '<h1>Скидки &amp; подарки</h1><p>Пишите<br>нам: <a href="https://a.kz">сайт</a></p><ul><li>раз</li><li>два</li></ul>';
  expect(textOfHtml(html)).toBe(
    "Скидки & подарки\n\nПишите\nнам: сайт (https://a.kz)\n\n- раз\n\n- два",
  );
});
