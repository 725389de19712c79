/** The market in five numbers. */
import type { Stats } from 'golem-vm-discovery-protocol';
import { formatCount, formatShare, formatTotalGb } from '../words/formats.js';
import { WORDS } from '../words/words.js';

/** Draws them; dashes until they are known, so that nothing moves when they come. */
export function Totals({ stats }: { readonly stats: Stats | undefined }) {
  const { totals } = WORDS;
  const { cpu = 0, memory = 0, storage = 0 } = stats?.resources ?? {};
  const figures = [
    [totals.providers, formatCount(stats?.providers ?? 0)],
    [totals.cpu, formatCount(cpu)],
    [totals.memory, formatTotalGb(memory)],
    [totals.storage, formatTotalGb(storage)],
    [totals.verified, formatShare(stats?.verified_share ?? 0)],
  ] as const;
  return (
    <dl className="totals" aria-label={totals.label}>
      {figures.map(([label, figure]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{stats === undefined ? '–' : figure}</dd>
        </div>
      ))}
    </dl>
  );
}
