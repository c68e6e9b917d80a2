"use client";

const around = (html: string) => `<!doctype html><html><head><meta charset="utf-8">
<meta name="color-scheme" content="light"></head>
<body style="margin: 12px; color: #111; font-family: sans-serif; overflow-wrap: anywhere">${html}</body></html>`;

/**
 * The HTML of a letter, in a frame of its own that may do nothing: no script, no form, no way out of it. It has the
 * page's security policy besides: pictures of other sites do not load.
 */
export function HtmlFrame({ html, title }: { html: string; title: string }) {
  return (
    <iframe
      sandbox=""
      srcDoc={around(html)}
      title={title}
      referrerPolicy="no-referrer"
      className="h-80 w-full resize-y rounded-md border bg-white"
    />
  );
}
