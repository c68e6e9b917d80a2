import { z } from "zod";
import { storable } from "@/lib/core/text";
import { realHosts } from "@/lib/kaspi/hosts";
import { wireId, wireText } from "@/lib/kaspi/wire-values";

/** A buyer's review. Texts are null when nothing was written. */
export type ReadReview = {
  /** 32 hex digits, as a rule. */
  id: string;
  /** A first name, as Kaspi shows it. */
  author: string | null;
  /** The day as `2025-06-26`; null when Kaspi wrote something else. */
  day: string | null;
  /** What stood there instead. */
  oddDay: string | null;
  /** 1 to 5. */
  rating: number | null;
  text: string | null;
  plus: string | null;
  minus: string | null;
  pictures: ReviewPicture[];
  card: { id: string; name: string | null } | null;
  /** Who sold it; Kaspi does not always say. */
  seller: { id: string; name: string } | null;
};

export type ReviewPicture = { small: string; large: string };

const LONGEST_TEXT = 5_000;
const LONGEST_NAME = 200;
const LONGEST_DAY = 40;
const MOST_PICTURES = 20;
const LONGEST_URL = 1_000;

/** What is cut may have lost half of its last character. */
const shown = (most: number) =>
  wireText.catch(null).transform((text) => storable(text?.slice(0, most) ?? "").trim() || null);
const words = shown(LONGEST_TEXT);
const name = shown(LONGEST_NAME);
const whole = z.coerce.number().int().min(1).max(5).nullable().catch(null);

const wire = z.object({
  id: wireId.refine((id) => id.length <= 64),
  author: name,
  date: z.union([z.string(), z.number()]).nullish().catch(null),
  rating: whole,
  comment: z.object({ text: words, plus: words, minus: words }).nullish().catch(null),
  galleryImages: z.array(z.unknown()).nullish().catch(null),
  product: z.object({ id: wireId, name }).nullish().catch(null),
  merchant: z.object({ code: wireId, name }).nullish().catch(null),
});

/** A row of the answer (protocol F); null for one without an id. A day that is none is kept as it was written. */
export function readReview(value: unknown, images: string): ReadReview | null {
  const { data: row } = wire.safeParse(value);
  if (!row) return null;
  const { id, author, rating, comment, product, merchant } = row;
  const written = String(row.date ?? "").trim();
  const day = dayOf(written);
  return {
    id,
    author,
    day,
    oddDay: day === null ? shown(LONGEST_DAY).parse(written) : null,
    rating,
    text: comment?.text ?? null,
    plus: comment?.plus ?? null,
    minus: comment?.minus ?? null,
    pictures: (row.galleryImages ?? []).slice(0, MOST_PICTURES).flatMap(pictureAt(images)),
    card: product ? { id: product.id, name: product.name } : null,
    seller: merchant ? { id: merchant.code, name: merchant.name ?? merchant.code } : null,
  };
}

/** `09.12.2022` as `2022-12-09`; null for what no calendar has. */
function dayOf(written: string): string | null {
  const [, day, month, year] = /^(\d{2})\.(\d{2})\.(\d{4})$/.exec(written) ?? [];
  const iso = `${year}-${month}-${day}`;
  const at = new Date(`${iso}T00:00:00Z`);
  const isDay = !Number.isNaN(at.getTime()) && at.toISOString().startsWith(iso);
  return isDay && year !== "0000" ? iso : null;
}

const pictureUrl = z
  .string()
  .max(LONGEST_URL)
  .refine((url) => url === storable(url));
const pictureWire = z.object({ small: pictureUrl, large: pictureUrl });

/** Only what Kaspi's own host of pictures serves, at the address we know it by. */
const pictureAt =
  (images: string) =>
  (value: unknown): ReviewPicture[] => {
    const { data: picture } = pictureWire.safeParse(value);
    const [small, large] = [picture?.small, picture?.large].map((url = "") => {
      if (url.startsWith(`${images}/`)) return url;
      const isKaspis = url.startsWith(`${realHosts.images}/`);
      return isKaspis ? images + url.slice(realHosts.images.length) : null;
    });
    return small && large ? [{ small, large }] : [];
  };
