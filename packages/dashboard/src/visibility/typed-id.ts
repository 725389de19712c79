/** What a person meant who typed or pasted a provider id. Pure. */
import { parseProviderId } from 'golem-vm-discovery-protocol';

/**
 * The id without what comes along when one is copied: spaces, line breaks, quotes. An Ethereum address may lack its `0x`
 * or be all upper case, where no checksum is. What is still no id is left as it was typed: a hub that lists the unsigned may know it,
 * and says itself what is wrong.
 */
export function readTypedId(text: string): string {
  const typed = text.trim();
  const bare = typed.replace(/[\s"'`]/g, '');
  const address = /^(?:0x)?([0-9a-f]{40})$/i.exec(bare)?.[1];
  const meant =
    address === undefined ? bare : `0x${isShouted(address) ? address.toLowerCase() : address}`;
  const parsed = parseProviderId(meant);
  return parsed.ok && parsed.value.scheme !== 'unsigned' ? parsed.value.id : typed;
}

function isShouted(address: string): boolean {
  return address === address.toUpperCase();
}
