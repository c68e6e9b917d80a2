import fc from "fast-check";
import { expect, test } from "vitest";
import {
  fillHtml,
  fillText,
  firstNameOf,
  unknownPlaceholders,
} from "@/lib/mailings/messages/placeholder-rules";

const filling = {
  ...{ name: "Асель <b>Нурланова</b>", first_name: "Асель" },
  ...{ email: "a@example.kz", unsubscribe: "https://office/unsubscribe/x" },
};

test("a letter says the words of whoever gets it", () => {
  expect(fillText("{{ first_name }}, {{email}}: {{name}}", filling)).toBe(
    "Асель, a@example.kz: Асель <b>Нурланова</b>",
  );
});

test("in HTML they are words and never markup", () => {
  expect(fillHtml("<p>{{name}}</p>", filling)).toBe("<p>Асель &lt;b&gt;Нурланова&lt;/b&gt;</p>");
});

test("what nobody knows is named and stays", () => {
  expect(unknownPlaceholders("{{name}} {{имя}}", "{{ price }} {{имя}}")).toEqual(["имя", "price"]);
  expect(fillText("{{имя}}", filling)).toBe("{{имя}}");
});

test("what is filled in is not read again", () => {
  expect(fillText("{{name}}", { ...filling, name: "{{email}}" })).toBe("{{email}}");
});

test("a text without braces stays as it is, whatever it holds", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      fc.pre(!text.includes("{{"));
      expect(fillText(text, filling)).toBe(text);
    }),
  );
});

test("a letter of spaces and braces is read as fast as any", () => {
  const spaces = " ".repeat(300_000);
  const begun = performance.now();
  for (const text of [
    `{{${spaces}x`,
    `{{ name${spaces}`,
    "{".repeat(300_000),
    "{{ ".repeat(100_000),
  ])
    expect([unknownPlaceholders(text), fillText(text, filling)]).toEqual([[], text]);
  expect(performance.now() - begun).toBeLessThan(2_000);
});

test("somebody is addressed by the first word of the name", () => {
  expect(firstNameOf("  Асель Нурланова ")).toBe("Асель");
  expect(firstNameOf("")).toBe("");
});
