/**
 * Turns a view (plain data) into a page. Every value goes through Handlebars' escaping, names that a
 * template misspells throw, and nothing inherited can be read; the policy in the head lets no script run.
 */
import { createHash } from 'node:crypto';
import Handlebars from 'handlebars';
import { pageStyle } from './page-style.ts';
import { sharedPartials } from './shared-template.ts';

const policy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(pageStyle).digest('base64')}'`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

const known = { helperMissing: false, blockHelperMissing: false, each: true, if: true, unless: true, with: true, log: false, lookup: false };

/** A page's template, compiled when it is first drawn. The body says what stands between the body tags. */
export function pageOf<View extends { readonly pageTitle: string }>(body: string, partials: Readonly<Record<string, string>>): (view: View) => string {
  const handlebars = Handlebars.create();
  for (const [name, template] of Object.entries({ ...sharedPartials, ...partials })) handlebars.registerPartial(name, template);
  const render = handlebars.compile<View>(wholePage(body), { strict: true, knownHelpers: known, knownHelpersOnly: true, preventIndent: true });
  return (view) => render(view, { allowProtoPropertiesByDefault: false, allowProtoMethodsByDefault: false });
}

function wholePage(body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>{{pageTitle}}</title>
<link rel="icon" href="data:,">
<style>${pageStyle}</style>
</head>
<body>
{{> signs}}
${body}
</body>
</html>
`;
}
