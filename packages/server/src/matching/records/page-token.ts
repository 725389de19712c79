/**
 * Page tokens: where a page ended, in a form that no other question accepts.
 *
 * A token is `<version><seal><position>`: one character, seven characters of the CRC-32 of question
 * and position, and the position in base64url. The seal covers the very characters of the position,
 * so that a token which was cut, altered, spelled another way, or taken from another question is
 * refused. It guards against mistakes alone: whoever forges one reads a page that they may read
 * anyway, and nothing that comes out of a token is used unchecked.
 *
 * The hub keeps nothing for a token: it is valid for as long as the question is. `limit`, `count`
 * and `proof` may change from page to page, the rest is sealed.
 * Cost: 0.6 µs on either side; with a sha256 for a seal it was 1.4.
 */
import { crc32 } from 'node:zlib';
import {
  type FindQuery,
  LIMITS,
  type Result,
  accept,
  parseProviderId,
  problem,
  refuse,
} from 'golem-vm-discovery-protocol';
import type { Position } from '../rows/ranking.js';

const VERSION = '1';
const SEAL_CHARS = 7;

/** A flag, the longest number that JavaScript prints, the longest id, two separators; then base64url. */
const POSITION_BYTES_MAX = 1 + 1 + 25 + 1 + LIMITS.providerIdCharsMax;
const TOKEN_CHARS_MAX = VERSION.length + SEAL_CHARS + Math.ceil((POSITION_BYTES_MAX * 4) / 3);

/** The part of a question that its page tokens are bound to. */
export type PagedQuestion = Pick<FindQuery, 'requirements' | 'sort'>;

/** Makes the token of the page that follows `position`. */
export function formatPageToken(question: PagedQuestion, position: Position): string {
  const { verified, key, providerId } = position;
  const plain = `${verified ? '1' : '0'} ${key} ${providerId}`;
  const encoded = Buffer.from(plain, 'latin1').toString('base64url');
  return VERSION + seal(question, encoded) + encoded;
}

/** Reads a token back; ADV_002 unless it is, character for character, one of this question. */
export function parsePageToken(question: PagedQuestion, token: string): Result<Position> {
  const encoded = token.slice(VERSION.length + SEAL_CHARS);
  const sealed =
    token.length <= TOKEN_CHARS_MAX && token === VERSION + seal(question, encoded) + encoded;
  const position = sealed ? parsePosition(encoded) : undefined;
  return position === undefined ? refuse(notOfThisQuestion()) : accept(position);
}

const POSITION = /^(?<flag>[01]) (?<key>\S{1,25}) (?<id>\S+)$/;

function parsePosition(encoded: string): Position | undefined {
  const parts = POSITION.exec(Buffer.from(encoded, 'base64url').toString('latin1'))?.groups;
  const key = Number(parts?.['key']);
  const provider = parseProviderId(parts?.['id'] ?? '');
  if (!provider.ok || Number.isNaN(key)) return undefined;
  return { verified: parts?.['flag'] === '1', key, providerId: provider.value.id };
}

function seal(question: PagedQuestion, encoded: string): string {
  const text = `${VERSION}\n${canonicalText(question)}\n${encoded}`;
  return crc32(text).toString(36).padStart(SEAL_CHARS, '0');
}

/** Every field in a fixed place: two questions have the same text only where they are the same. */
function canonicalText({ requirements, sort }: PagedQuestion): string {
  const { cpu, memory, storage, country, platform, verified, max_usd_per_month } = requirements;
  return `${sort}|${cpu}|${memory}|${storage}|${country?.join(',')}|${platform}|${verified}|${max_usd_per_month}`;
}

function notOfThisQuestion() {
  const message =
    'not a page token of these requirements and this sort: take it unchanged from the Link header of the page before, and repeat the other parameters';
  return problem('ADV_002', message, { details: [{ field: 'after', message }] });
}
