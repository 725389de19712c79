/** `GET /stats`: the market in numbers. */
import type { Stats } from 'golem-vm-discovery-protocol';
import { isStats } from '../answers/stats.js';
import type { SendOptions, Transport } from '../transport/transport.js';
import { ask } from './ask.js';

/** Asks a hub for the market in numbers. */
export async function askStats(transport: Transport, options: SendOptions): Promise<Stats> {
  const question = {
    path: '/api/v1/stats',
    expected: 'the market in numbers',
    isAnswer: isStats,
  };
  return (await ask(transport, question, options)).body;
}
