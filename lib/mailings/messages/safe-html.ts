import sanitizeHtml, { type Attributes, type Tag } from "sanitize-html";

const styles = {
  color: [/^#[0-9a-f]{3,8}$/i, /^[a-z]{3,20}$/i, /^rgba?\([\d\s,.%]{5,40}\)$/i],
  "background-color": [/^#[0-9a-f]{3,8}$/i, /^[a-z]{3,20}$/i, /^rgba?\([\d\s,.%]{5,40}\)$/i],
  "text-align": [/^(left|right|center|justify)$/],
  "font-size": [/^\d{1,3}(\.\d{1,2})?(px|em|rem|%|pt)$/],
  "font-weight": [/^(normal|bold|[1-9]00)$/],
  "font-style": [/^(normal|italic)$/],
  "text-decoration": [/^(none|underline|line-through)$/],
  width: [/^\d{1,4}(px|%)$/],
  "max-width": [/^\d{1,4}(px|%)$/],
  padding: [/^(\d{1,3}px ?){1,4}$/],
  margin: [/^((\d{1,3}px|auto|0) ?){1,4}$/],
  border: [/^\d{1,2}px (solid|dashed|dotted) #[0-9a-f]{3,8}$/i],
};

/** A way of its own, or the only placeholder that is an address. */
const ownWay = /^(https?:\/\/|mailto:|tel:|\{\{\s*unsubscribe\s*\}\})/i;

/** What a name would lead to once it is filled in: nobody has looked at that. */
const leadsAnywhere = (address: string) => address.includes("{{") && !ownWay.test(address.trim());

const withoutBlindWay = (tagName: string, attribs: Attributes): Tag => ({
  tagName,
  attribs: Object.fromEntries(
    Object.entries(attribs).filter(
      ([name, value]) => !(name === "href" || name === "src") || !leadsAnywhere(value),
    ),
  ),
});

/**
 * The HTML of a letter without anything that runs, loads by itself from elsewhere than a picture, or looks like
 * what it is not: what mail programs show, and no more. Placeholders stay where they stand.
 */
export function safeHtml(html: string): string {
  return sanitizeHtml(html, {
    allowedTags: [
      ...["h1", "h2", "h3", "h4", "p", "div", "span", "br", "hr", "blockquote", "pre", "code"],
      ...["b", "strong", "i", "em", "u", "s", "small", "sub", "sup", "a", "img"],
      ...["ul", "ol", "li", "table", "thead", "tbody", "tfoot", "tr", "th", "td"],
    ],
    allowedAttributes: {
      "*": ["style", "align", "title"],
      a: ["href"],
      img: ["src", "alt", "width", "height"],
      table: ["width", "cellpadding", "cellspacing", "border"],
      td: ["colspan", "rowspan", "width", "valign"],
      th: ["colspan", "rowspan", "width", "valign"],
    },
    allowedStyles: { "*": styles },
    allowedSchemes: ["https", "http", "mailto", "tel"],
    allowedSchemesByTag: { img: ["https"] },
    allowProtocolRelative: false,
    disallowedTagsMode: "discard",
    // A link may be a placeholder: it is filled in with an address of ours.
    transformTags: { a: withoutBlindWay, img: withoutBlindWay },
    exclusiveFilter: ({ tag, attribs }) => tag === "img" && !attribs.src,
    parser: { lowerCaseTags: true },
  });
}

/** The letter's words, for programs that show no HTML. */
export function textOfHtml(html: string): string {
  const broken = html
    .replace(/<(br|hr)\b[^>]*>/gi, "\n")
    .replace(/<\/(p|div|h[1-4]|li|tr|blockquote|table|ul|ol)>/gi, "\n\n")
    .replace(/<li\b[^>]*>/gi, "- ")
    .replace(/<a\b[^>]*href="([^"]+)"[^>]*>(.*?)<\/a>/gis, (_, href: string, words: string) =>
      words.includes(href) ? words : `${words} (${href})`,
    );
  const text = sanitizeHtml(broken, { allowedTags: [], allowedAttributes: {} });
  return decode(text)
    .replace(/[ \t]+/g, " ")
    .replace(/ ?\n ?/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

const decode = (text: string) =>
  text
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&nbsp;|\u00a0/g, " ")
    .replace(/&amp;/g, "&");
