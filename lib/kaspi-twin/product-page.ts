import { ALMATY, cityName, isCity } from "@/lib/kaspi-twin/cities";
import { type Answer, empty, html, type TwinRequest } from "@/lib/kaspi-twin/http";
import type { World } from "@/lib/kaspi-twin/world";

/** A card's page, for people who follow a link from the office: its picture and its sellers. */
export function productPage(world: World, request: TwinRequest, cardId: string): Answer {
  const card = world.catalogue.find(cardId);
  if (!card) return empty(404);
  const asked = request.query.get("c") ?? ALMATY;
  const cityId = isCity(asked) ? asked : ALMATY;
  const sellers = world.market
    .listings(card, cityId)
    .map(({ merchantName, price }) => `<tr><td>${escaped(merchantName)}<td>${money(price)}`);
  return html(`<!doctype html>
<html lang="ru">
<meta name="viewport" content="width=device-width">
<title>${escaped(card.title)}</title>
<style>
  body { font: 16px sans-serif; max-width: 40rem; margin: 2rem auto; padding: 0 1rem; }
  td { padding: .3rem 1rem .3rem 0; }
</style>
<p>Учебный Kaspi, ${escaped(cityName(cityId))}</p>
<h1>${escaped(card.title)}</h1>
<img src="${world.urls.images}/img/m/p/${card.imagePath}" width="200" height="200" alt="">
<table>${sellers.join("\n") || "<tr><td>Нет продавцов"}</table>`);
}

function money(price: number): string {
  return `${price.toLocaleString("ru-RU")} ₸`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
