/** The operations of `/api/v1/advertisements`, for the description of the API. */
import { FindQuerySchema, LIMITS, REQUIREMENT_NAMES } from 'golem-vm-discovery-protocol';
import { type Operation, type Parameter, parametersOf, PATH_ID, schemaRef } from './operation.js';

const PROVIDER_HEADERS: readonly Parameter[] = [
  {
    name: 'X-Provider-ID',
    in: 'header',
    description:
      'An Ethereum address (`0x` and 40 hex digits) or an Ed25519 key (`did:key:z6Mk…`); exactly once.',
    schema: { type: 'string', maxLength: LIMITS.providerIdCharsMax },
    required: true,
  },
  {
    name: 'X-Provider-Signature',
    in: 'header',
    description:
      '`t=<unix time in ms>,v1=<signature>` over the signed text: `golem-discovery-v1`, network, method, path, canonical provider id, t and the lower-case hex sha256 of the body, joined by line feeds. Ethereum: personal_sign, `0x` and 130 hex digits. Ed25519: 86 characters of base64url.',
    schema: { type: 'string', maxLength: LIMITS.signatureHeaderCharsMax },
    required: true,
  },
];

const WRITE_PROBLEMS = [
  'AUTH_001',
  'AUTH_002',
  'AUTH_003',
  'AUTH_004',
  'ADV_003',
  'ADV_005',
] as const;

const QUESTION = parametersOf(FindQuerySchema.properties);

/** Those of a page are not taken where the answer is none. */
export const REQUIREMENTS = QUESTION.filter(({ name }) => isRequirement(name));

function isRequirement(name: string): boolean {
  return REQUIREMENT_NAMES.some((known) => known === name);
}

/** `POST /api/v1/advertisements`. */
export const ADVERTISE: Operation = {
  id: 'advertise',
  tag: 'advertisements',
  summary: 'Advertise, or renew',
  description:
    'Creates the advertisement of the signing provider or replaces it, and renews its lease. The same signed text again, while it is listed, is a retry: the same answer, and the lease is not extended.',
  parameters: PROVIDER_HEADERS,
  body: schemaRef('AdvertisementBody'),
  answer: schemaRef('GrantedAdvertisement'),
  answerDescription: 'It is listed, durably, until expires_at at least.',
  counted: true,
  problems: [...WRITE_PROBLEMS, 'ADV_001', 'ADV_002', 'REQ_004', 'REQ_005'],
};

/** `GET /api/v1/advertisements`. */
export const FIND: Operation = {
  id: 'find',
  tag: 'advertisements',
  summary: 'Find who fits',
  description:
    'The verified come first, then the order of `sort`, then provider ids. A parameter that is not known is refused: a typing error never means "match everything".',
  parameters: QUESTION,
  answer: { type: 'array', maxItems: LIMITS.pageMax, items: schemaRef('Advertisement') },
  answerDescription: 'One page of the advertisements that fit.',
  answerHeaders: [
    'Link',
    'X-Total-Count',
    'X-Discovery-Cursor',
    'X-Discovery-State',
    'X-Discovery-Stale',
  ],
  counted: true,
  problems: ['ADV_002'],
};

/** `GET /api/v1/advertisements/explain`. */
export const EXPLAIN: Operation = {
  id: 'explain',
  tag: 'advertisements',
  summary: 'Explain why requirements match what they match',
  description:
    'Exact, and of one moment: how many match, what each requirement rules out, what comes nearest without matching and, where nothing matches, the smallest change of one requirement that gives a match. A cap goes on being about the asked shape where another requirement is left out of account.',
  parameters: REQUIREMENTS,
  answer: schemaRef('Explanation'),
  answerDescription: 'The explanation.',
  answerHeaders: ['X-Discovery-State', 'X-Discovery-Stale'],
  counted: true,
  problems: ['ADV_002'],
};

/** `GET /api/v1/advertisements/{provider_id}`. */
export const GET_ONE: Operation = {
  id: 'get',
  tag: 'advertisements',
  summary: 'Get the advertisement of one provider',
  parameters: [
    PATH_ID,
    {
      name: 'proof',
      in: 'query',
      description: 'exactly true: adds what the provider signed',
      schema: { type: 'boolean', const: true },
    },
  ],
  answer: schemaRef('Advertisement'),
  answerDescription: 'It is listed now.',
  answerHeaders: ['X-Discovery-State', 'X-Discovery-Stale'],
  counted: true,
  problems: ['ADV_002', 'ADV_004'],
};

/** `DELETE /api/v1/advertisements/{provider_id}`. */
export const WITHDRAW: Operation = {
  id: 'withdraw',
  tag: 'advertisements',
  summary: 'Withdraw',
  description: 'Takes no body. Whatever the answer, the t of an authentic withdrawal is recorded.',
  parameters: [PATH_ID, ...PROVIDER_HEADERS],
  answer: schemaRef('Withdrawn'),
  answerDescription: 'It ended a listing, or is a retry of the one that did.',
  counted: true,
  problems: [...WRITE_PROBLEMS, 'ADV_002', 'ADV_004'],
};
