import { CARDS, pictureCard } from "@/lib/kaspi-twin/catalogue";
import { type Answer, empty } from "@/lib/kaspi-twin/http";
import { between } from "@/lib/kaspi-twin/seeded";
import type { World } from "@/lib/kaspi-twin/world";

const shapes: Record<string, string> = {
  Electronics:
    "M70 30h60a10 10 0 0 1 10 10v120a10 10 0 0 1-10 10H70a10 10 0 0 1-10-10V40a10 10 0 0 1 10-10zM90 152h20",
  "Home equipment":
    "M55 45h90v110H55zM55 75h90M100 115m-24 0a24 24 0 1 0 48 0a24 24 0 1 0-48 0M68 60h14",
  Furniture:
    "M45 95v-20a15 15 0 0 1 15-15h80a15 15 0 0 1 15 15v20M35 95h20v25h90V95h20v50H35zM45 145v12M155 145v12",
  Home: "M50 80h85v35a35 35 0 0 1-35 35H85a35 35 0 0 1-35-35zM135 90h15a12 12 0 0 1 0 30h-16M70 45v18M92 40v23M114 45v18",
  "Beauty care": "M85 40h30v25H85zM75 65h50l8 20v75H67V85zM67 110h66",
  "Child goods":
    "M45 95h50v55H45zM105 95h50v55h-50zM75 40h50v55H75zM60 95v-8h20v8M120 95v-8h20v8M90 40v-8h20v8",
  Fashion: "M70 45l-35 25 15 28 15-8v70h70V90l15 8 15-28-35-25a30 30 0 0 1-60 0z",
  "Construction and repair": "M45 60h70v35H45zM115 68h35v18h-35zM65 95h28v55H65zM55 150h48",
  "Sports and outdoors": "M40 80v40M55 65v70M55 100h90M145 65v70M160 80v40",
  Pharmacy: "M60 60h80v100H60zM70 40h60v20H70zM100 90v40M80 110h40",
};

/** A drawing for a card's picture path: its category's outline on a colour of its own. */
export function picture(world: World, path: string): Answer {
  const index = pictureCard(`/${path}`);
  if (index === null || index < 0 || index >= CARDS) return empty(404);
  const { kind } = world.catalogue.card(index);
  const hue = between(0, 359, "hue", index);
  const shape = shapes[kind.path.at(-1) ?? ""] ?? shapes.Home;
  const body = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200" width="400" height="400">
<rect width="200" height="200" fill="hsl(${hue} 45% 94%)"/>
<path d="${shape}" fill="hsl(${hue} 60% 80%)" stroke="hsl(${hue} 45% 35%)" stroke-width="4" stroke-linejoin="round" stroke-linecap="round"/>
</svg>`;
  const headers = { "content-type": "image/svg+xml", "cache-control": "public, max-age=86400" };
  return { status: 200, headers, body };
}
