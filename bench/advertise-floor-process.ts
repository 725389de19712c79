/**
 * The floor of `advertise`: what it takes to receive a signed request, parse its body and recover
 * the signer with the native addon, storing nothing. Argument: the port.
 */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import {
  ADVERTISEMENTS_PATH,
  composeSignedText,
  ethereumAddress,
  ethereumMessageHash,
  parseProviderId,
  parseSignatureHeader,
} from 'golem-vm-discovery-protocol';
import { addon } from './native-addon.js';
import { BENCH_NETWORK } from './provider-keys.js';

const [port = '0'] = process.argv.slice(2);

/** Whether the provider that the header names signed this body. */
function isGenuine(request: IncomingMessage, body: Buffer): boolean {
  const id = parseProviderId(String(request.headers['x-provider-id']));
  const signature = parseSignatureHeader(
    String(request.headers['x-provider-signature']),
    'ethereum',
  );
  if (!id.ok || !signature.ok || signature.value.scheme !== 'ethereum') return false;
  const { t, rs, recovery } = signature.value;
  const hash = ethereumMessageHash(
    composeSignedText({
      network: BENCH_NETWORK,
      method: 'POST',
      path: ADVERTISEMENTS_PATH,
      providerId: id.value.id,
      t,
      bodySha256Hex: createHash('sha256').update(body).digest('hex'),
    }),
  );
  return ethereumAddress(addon.ecdsaRecover(rs, recovery, hash, false)) === id.value.id;
}

function answerTo(request: IncomingMessage, body: Buffer): { status: number; text: string } {
  const advertisement: unknown = JSON.parse(body.toString('utf8'));
  return isGenuine(request, body)
    ? { status: 200, text: JSON.stringify(advertisement) }
    : { status: 401, text: '{}' };
}

const server = createServer((request, response) => {
  if (request.method === 'GET') return void response.end();
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const { status, text } = answerTo(request, Buffer.concat(chunks));
    response
      .writeHead(status, {
        'Content-Type': 'application/json; charset=utf-8',
        'Content-Length': Buffer.byteLength(text),
      })
      .end(text);
  });
});
server.listen(Number(port), '127.0.0.1');
process.once('SIGTERM', () => {
  server.close();
  server.closeAllConnections();
});
