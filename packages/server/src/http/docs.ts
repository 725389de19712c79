/**
 * `/docs`: the API as a page. It works without the Internet: everything comes from the hub, and its
 * policy allows nothing else, scripts inside the page included. The viewer is Swagger UI, from the
 * package that Fastify publishes, of which only the files are used.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type HeaderList, sendAnswer } from './answer.js';
import type { EdgeParts, Exchange } from './edge-parts.js';
import type { Route } from './route.js';

const VIEWER_FOLDER = join(
  dirname(createRequire(import.meta.url).resolve('@fastify/swagger-ui/package.json')),
  'static',
);

/** Styles: the viewer sets `style` attributes. `data:` images: its arrows. */
const POLICY: HeaderList = [
  'Content-Security-Policy',
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'Referrer-Policy',
  'no-referrer',
  'X-Content-Type-Options',
  'nosniff',
];

/** Links are relative, so that the page works behind a proxy that adds a prefix. */
const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>VM on Golem Discovery: API</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="docs/viewer.css">
</head>
<body>
<div id="viewer"></div>
<noscript>The description itself is at <a href="api/v1/openapi.json">api/v1/openapi.json</a>.</noscript>
<script src="docs/viewer.js"></script>
<script src="docs/start.js"></script>
</body>
</html>
`;

const START_SCRIPT = `SwaggerUIBundle({
  url: 'api/v1/openapi.json',
  dom_id: '#viewer',
  deepLinking: true,
  validatorUrl: null,
});
`;

/** The page and its parts. */
export function docsRoutes(parts: EdgeParts): readonly Route[] {
  const script = 'text/javascript; charset=utf-8';
  return [
    { method: 'GET', path: '/docs', operation: undefined, handle: sendPage },
    {
      method: 'GET',
      path: '/docs/start.js',
      operation: undefined,
      handle: (exchange) => sendText(exchange, script, START_SCRIPT),
    },
    viewerFile(parts, '/docs/viewer.js', 'swagger-ui-bundle.js', script),
    viewerFile(parts, '/docs/viewer.css', 'swagger-ui.css', 'text/css; charset=utf-8'),
  ];
}

function sendPage(exchange: Exchange): void {
  sendText(exchange, 'text/html; charset=utf-8', PAGE);
}

function sendText({ response }: Exchange, contentType: string, body: string): void {
  sendAnswer(response, { status: 200, contentType, body, headers: POLICY });
}

/** Read when it is first asked for, and kept: a megabyte and a half that most hubs never need. */
function viewerFile(
  { sendCompressible }: EdgeParts,
  path: string,
  file: string,
  contentType: string,
): Route {
  let content: Promise<Buffer> | undefined;
  const headers = [...POLICY, 'Cache-Control', 'public, max-age=86400'];
  return {
    method: 'GET',
    path,
    operation: undefined,
    async handle({ request, response }) {
      content ??= readFile(join(VIEWER_FOLDER, file));
      const body = await content;
      await sendCompressible(request, response, { status: 200, contentType, body, headers });
    },
  };
}
