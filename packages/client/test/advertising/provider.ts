/** The program of `provider-process.ts`: it advertises at the hub that it is given, until it is killed. */
import { Advertiser } from '#src/index.js';
import { generateKey } from '#src/keys/index.js';

const { providerId } = await Advertiser.start({
  hubs: process.argv[2] ?? '',
  signer: generateKey(),
  advertisement: {
    ip_address: '83.233.10.2',
    country: 'SE',
    resources: { cpu: 4, memory: 8, storage: 40 },
  },
  onEvent: ({ message }) => process.stdout.write(`${message}\n`),
});
process.send?.(providerId);
