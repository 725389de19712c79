/** The operation of watches, for the description of the API. */
import { WatchQuerySchema } from 'golem-vm-discovery-protocol';
import { REQUIREMENTS } from './advertisement-operations.js';
import { type Operation, type Parameter, parametersOf, schemaRef } from './operation.js';

const LAST_EVENT_ID: Parameter = {
  name: 'Last-Event-ID',
  in: 'header',
  description: 'What `EventSource` sends when it comes back; it beats `since`.',
  schema: WatchQuerySchema.properties.since,
};

/** `GET /api/v1/advertisements/watch`. */
export const WATCH: Operation = {
  id: 'watch',
  tag: 'advertisements',
  summary: 'Watch what changes for some requirements',
  description: [
    'Server-Sent Events; one poll with `Accept: application/json`. Without a cursor it begins with what is listed, as `advertised` without ids, ended by a `bookmark` with the first cursor.',
    '',
    'Events: `advertised` (new, or begins to fit) and `changed` carry the record as a list does; `withdrawn`, `expired` and `unmatched` (still listed, fits no longer) carry `{"provider_id"}`; `bookmark`, every 15 s, promises that everything up to its cursor was told. Each id is a cursor. A stream that the hub ends says why in a last event `closed`, and can be resumed.',
  ].join('\n'),
  parameters: [...REQUIREMENTS, ...parametersOf(WatchQuerySchema.properties), LAST_EVENT_ID],
  answer: schemaRef('Poll'),
  eventStream:
    'Events, each with `event`, `data` (JSON on one line) and, but for a first snapshot, `id`.',
  answerDescription: 'What changed, as it changes.',
  answerHeaders: ['X-Discovery-State'],
  counted: true,
  problems: ['ADV_002', 'ADV_006'],
};
