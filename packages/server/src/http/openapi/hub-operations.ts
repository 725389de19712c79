/** The operations that are about the hub itself, for the description of the API. */
import { PATH_ID, type Operation, schemaRef } from './operation.js';

/** `GET /api/v1/info`. */
export const INFO: Operation = {
  id: 'info',
  tag: 'hub',
  summary: 'Network, lease, limits, time and version of this hub',
  answer: schemaRef('Info'),
  answerDescription: 'What a client may want to know before it talks to the hub.',
  answerHeaders: ['X-Discovery-State', 'X-Discovery-Stale'],
  counted: true,
  problems: ['ADV_002'],
};

/** `GET /api/v1/stats`. */
export const STATS: Operation = {
  id: 'stats',
  tag: 'hub',
  summary: 'The market in numbers',
  description:
    'How many are listed and what they offer, in all, by country and by platform; percentiles of prices; arrivals and departures by the hour.',
  answer: schemaRef('Stats'),
  answerDescription: 'As of now.',
  answerHeaders: ['X-Discovery-State', 'X-Discovery-Stale'],
  counted: true,
  problems: ['ADV_002'],
};

/** `GET /api/v1/providers/{provider_id}/status`. */
export const PROVIDER_STATUS: Operation = {
  id: 'providerStatus',
  tag: 'hub',
  summary: 'Whether a provider is visible, and if not, why not',
  description:
    'Always 200 for what can be an id: that nothing is known is an answer too. Endings and refusals are remembered for 24 hours; refusals only of what the provider itself had signed.',
  parameters: [PATH_ID],
  answer: schemaRef('ProviderStatus'),
  answerDescription: 'How it stands, and what to do about it.',
  answerHeaders: ['X-Discovery-State', 'X-Discovery-Stale'],
  counted: true,
  problems: ['ADV_002'],
};

/** `GET /api/v1/openapi.json`. */
export const OPENAPI: Operation = {
  id: 'openapi',
  tag: 'hub',
  summary: 'This description',
  answer: { type: 'object' },
  answerDescription: 'An OpenAPI 3.1 document.',
  counted: true,
  problems: [],
};

function health(id: string, summary: string): Operation {
  return {
    id,
    tag: 'hub',
    summary,
    answer: schemaRef('Health'),
    answerDescription: 'Yes.',
    counted: false,
    problems: [],
  };
}

/** `GET /health`. */
export const HEALTH = health('health', 'Whether the hub is alive');

/** `GET /livez`. */
export const LIVEZ = health('livez', 'Whether the hub is alive');

/** `GET /readyz`. */
export const READYZ = health('readyz', 'Whether the hub has loaded and is not about to stop');
