import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

const css = readFileSync(path.resolve(import.meta.dirname, "../../app/globals.css"), "utf8");

type Theme = "light" | "dark";

function colour(name: string, theme: Theme): string {
  const [, both] = new RegExp(`--color-${name}: ([^;]+);`).exec(css) ?? [];
  const hexes = both?.match(/#[0-9a-f]{6}/g);
  const hex = theme === "dark" ? (hexes?.[1] ?? hexes?.[0]) : hexes?.[0];
  if (!hex) throw new Error(`no colour ${name}`);
  return hex;
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const grounds = ["canvas", "surface", "raised", "sunken", "hover"];
const tones = ["blue", "green", "amber", "red"];

/** Text on its ground: at least 4.5. */
const texts = [
  ...grounds.flatMap((ground) => ["ink", "ink-soft", "ink-faint"].map((ink) => [ink, ground])),
  ...grounds.flatMap((ground) => tones.map((tone) => [tone, ground])),
  ...tones.map((tone) => [tone, `${tone}-soft`]),
  ...tones.flatMap((tone) => ["ink", "ink-soft"].map((ink) => [ink, `${tone}-soft`])),
  ["on-ink", "ink"],
  ["on-ink", "ink-soft"],
  ["on-solid", "red-solid"],
] as [string, string][];

/** What must be told apart without being read: at least 3. */
const shapes = [
  ["line-strong", "surface"],
  ["line-strong", "canvas"],
  ["line-strong", "raised"],
  ["blue-solid", "surface"],
  ["blue-solid", "canvas"],
  ["on-solid", "blue-solid"],
  ["ink-faint", "sunken"],
] as [string, string][];

describe.each(["light", "dark"] as const)("colours of the %s theme", (theme) => {
  it.each(texts)("let %s be read on %s", (text, ground) => {
    expect(contrast(colour(text, theme), colour(ground, theme))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(shapes)("let %s be seen on %s", (shape, ground) => {
    expect(contrast(colour(shape, theme), colour(ground, theme))).toBeGreaterThanOrEqual(3);
  });
});
