/**
 * The floor of `find`: what Node itself takes to receive a small request and to send as many bytes
 * as the hub's answers have, in their sequence, doing nothing else.
 * Arguments: the port, then the sizes in bytes, separated by commas.
 */
import { createServer } from 'node:http';

const [port = '0', list = ''] = process.argv.slice(2);
const bodies = list.split(',').map((size) => 'x'.repeat(Number(size)));
let next = 0;

const server = createServer((_request, response) => {
  const body = bodies[next] ?? '';
  next = (next + 1) % bodies.length;
  response.writeHead(200, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': body.length,
  });
  // Latin-1 goes out together with the head, in one write and without encoding: the fastest way there is.
  response.end(body, 'latin1');
});
server.listen(Number(port), '127.0.0.1');
process.once('SIGTERM', () => {
  server.close();
  server.closeAllConnections();
});
