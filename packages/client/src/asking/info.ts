/** `GET /info`: what there is to know about a hub. */
import type { Info } from 'golem-vm-discovery-protocol';
import { isInfo } from '../answers/info.js';
import type { SendOptions, Transport } from '../transport/transport.js';
import { ask } from './ask.js';

/** Asks a hub about itself. */
export async function askInfo(transport: Transport, options: SendOptions): Promise<Info> {
  const question = {
    path: '/api/v1/info',
    expected: 'what a hub says of itself',
    isAnswer: isInfo,
  };
  return (await ask(transport, question, options)).body;
}
