/** The wire text of one advertisement as a page shows it: with its estimate, where a whole shape is asked for. */
import { estimatePrice, type Pricing, type Resources } from 'golem-vm-discovery-protocol';

/** `record`, a JSON object, with what the shape costs by `pricing` at its end; as it is where there is no shape or no price. */
export function pricedText(
  record: string,
  shape: Resources | undefined,
  pricing: Pricing | undefined,
): string {
  const estimate = shape && estimatePrice(shape, pricing);
  return estimate ? `${record.slice(0, -1)},"estimate":${JSON.stringify(estimate)}}` : record;
}
