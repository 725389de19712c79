/**
 * Where a request comes from. Invariant: nobody can choose the answer: `X-Forwarded-For` counts
 * only as far as it was written by proxies that the operator trusts, read from the right.
 * Cost: once a connection where no proxy is trusted, some microseconds a request otherwise.
 */
import type { IncomingMessage } from 'node:http';
import ipaddr from 'ipaddr.js';
import { parseIpAddress } from 'golem-vm-discovery-protocol';
import type { Source } from '../admission/contract.js';
import type { Connection } from './connections.js';

/** No honest chain of proxies is longer; the rest of the header is not looked at. */
const FORWARDERS_MAX = 32;

/** For a socket that is gone before it was asked. It has nobody to answer either. */
const NOWHERE: Source = { address: '0.0.0.0', network: '0.0.0.0' };

type Range = [ipaddr.IPv4 | ipaddr.IPv6, number];

/** Tells where requests come from. */
export type ClientAddresses = (request: IncomingMessage, connection: Connection) => Source;

/** Takes addresses and CIDRs of trusted proxies. Throws for what is neither: config refuses those. */
export function createClientAddresses(trustedProxies: readonly string[]): ClientAddresses {
  const trusted = trustedProxies.map(parseRange);
  if (trusted.length === 0) return (_request, connection) => directSource(connection);
  return (request, connection) => {
    const forwardedFor = request.headers['x-forwarded-for'];
    const peer = directSource(connection);
    if (forwardedFor === undefined) return peer;
    // Node joins repeated lines in order, as the one list that they are.
    return forwardedSource(peer, String(forwardedFor), trusted);
  };
}

function directSource(connection: Connection): Source {
  connection.source ??= sourceOf(connection.socket.remoteAddress ?? '') ?? NOWHERE;
  return connection.source;
}

/** Goes left as long as whoever added the entry is trusted, and the entry is an address. */
function forwardedSource(peer: Source, forwardedFor: string, trusted: readonly Range[]): Source {
  let client = peer;
  let end = forwardedFor.length;
  for (let read = 0; read < FORWARDERS_MAX && end > 0 && isTrusted(client, trusted); read += 1) {
    const comma = forwardedFor.lastIndexOf(',', end - 1);
    const entry = sourceOf(withoutPort(forwardedFor.slice(comma + 1, end).trim()));
    if (entry === undefined) return client;
    client = entry;
    end = comma;
  }
  return client;
}

function isTrusted({ address }: Source, trusted: readonly Range[]): boolean {
  const parsed = ipaddr.parse(address);
  return trusted.some((range) => parsed.kind() === range[0].kind() && parsed.match(range));
}

/** Some proxies write the port too: `203.0.113.7:4711`, `[2001:db8::7]:4711`. */
function withoutPort(entry: string): string {
  const match = /^(?:\[([0-9a-fA-F:.]+)\]|(\d+\.\d+\.\d+\.\d+))(?::\d{1,5})?$/.exec(entry);
  return match?.[1] ?? match?.[2] ?? entry;
}

/** A socket names the interface of a link-local address after `%`; it is no part of the address. */
function sourceOf(text: string): Source | undefined {
  const address = parseIpAddress(text.split('%', 1)[0] ?? '');
  return address && { address: address.canonical, network: address.network };
}

function parseRange(text: string): Range {
  const range: Range = text.includes('/')
    ? ipaddr.parseCIDR(text)
    : [ipaddr.parse(text), ipaddr.parse(text).kind() === 'ipv4' ? 32 : 128];
  const [base, bits] = range;
  // A client's address is folded to IPv4, so the proxies' must be too.
  if (base instanceof ipaddr.IPv6 && base.isIPv4MappedAddress() && bits >= 96) {
    return [base.toIPv4Address(), bits - 96];
  }
  return range;
}
