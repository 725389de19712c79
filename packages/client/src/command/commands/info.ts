/** `golem-discovery info`: what there is to know about a hub before talking to it. */
import type { Info } from 'golem-vm-discovery-protocol';
import { DiscoveryClient } from '../../discovery-client.js';
import { DONE, ended } from '../exit-codes.js';
import { endingOf } from '../failure-ending.js';
import { addHubOption, type HubOptions, readConnection } from '../options/client-options.js';
import { countText, providersText } from '../rendering/amounts.js';
import { type Detail, detailsText } from '../rendering/details.js';
import { neutralJson, neutralText } from '../rendering/neutral-text.js';
import { subcommand } from '../subcommand.js';

interface InfoOptions extends HubOptions {
  readonly json?: true;
}

export const info = subcommand<InfoOptions>({
  name: 'info',
  summary: 'show what a hub says of itself',
  description:
    'Shows the network, leases, limits, clock and version of a hub, and how many it lists.',
  examples: [
    ['the hub on this machine', 'golem-discovery info'],
    [
      'the network of another, for a script',
      'golem-discovery info --hub http://192.0.2.10:7465 --json | jq -r .network',
    ],
  ],
  configure(command) {
    addHubOption(command.option('--json', 'print the JSON of the hub'));
  },
  async run(options, surroundings) {
    const connection = readConnection(options, surroundings);
    if (!connection.ok) return ended('usage', connection.problem);
    const client = new DiscoveryClient(connection.value);
    const { out, nowMs } = surroundings;
    return endingOf(async () => {
      const answer = await client.info();
      if (options.json === true) {
        out.write(`${neutralJson(answer)}\n`);
        return DONE;
      }
      const listed = await client.find().count();
      out.write(detailsText(describeInfo(answer, listed, nowMs()), out));
      return DONE;
    });
  },
});

function describeInfo(answer: Info, listed: number, nowMs: number): Detail[] {
  const { limits } = answer;
  return [
    ['network', neutralText(answer.network)],
    ['version', neutralText(answer.version)],
    ['listed', providersText(listed)],
    ['signatures', SIGNATURES[answer.auth]],
    ['lease', `${answer.lease_seconds} s, to be renewed every ${answer.refresh_after_seconds} s`],
    ['clock', clockText(Date.parse(answer.server_time) - nowMs)],
    [
      'limits',
      `${countText(limits.cpu_max)} cores, ${countText(limits.memory_max)} GB of memory, ${countText(limits.storage_max)} GB of storage`,
      `${countText(limits.page_max)} advertisements a page, ${countText(limits.proof_page_max)} with proofs`,
      `signed at most ${limits.signature_age_seconds_max} s ago and ${limits.signature_lead_seconds_max} s ahead`,
    ],
  ];
}

const SIGNATURES: Readonly<Record<Info['auth'], string>> = {
  required: 'required: only keys are listed',
  optional: 'optional: providers that sign nothing are listed too, without a ✓',
};

/** A round trip may take this long without meaning anything. */
const CLOCK_MS_UNREMARKABLE = 2_000;

function clockText(aheadMs: number): string {
  if (Math.abs(aheadMs) < CLOCK_MS_UNREMARKABLE) return 'agrees with this machine';
  const seconds = countText(Math.abs(Math.round(aheadMs / 1_000)));
  return `${seconds} s ${aheadMs > 0 ? 'ahead of' : 'behind'} this machine: one of the two is wrong`;
}
