/** Which panel lies over the market, by the address. */
import type { Advertisement, Info, Resources } from 'golem-vm-discovery-protocol';
import type { Panel } from '../address/page-address.js';
import type { Hub } from '../hub/hub.js';
import { ProviderPanel } from '../provider/provider-panel.js';

/** What panels may need. */
export interface PanelsProps {
  readonly hub: Hub;
  readonly info: Info | undefined;
  readonly aheadMs: number;
  readonly panel: Panel;
  readonly shape: Resources | undefined;
  /** What the market shows: a provider that changes there is looked at again. */
  readonly rows: readonly Advertisement[];
  readonly setPanel: (panel: Panel) => void;
  readonly onClose: () => void;
}

/** Draws it. */
export function Panels({ panel, rows, setPanel, ...shared }: PanelsProps) {
  if (panel.kind === 'provider') {
    const { providerId } = panel;
    return (
      <ProviderPanel
        key={providerId}
        {...shared}
        providerId={providerId}
        sign={rows.find(({ provider_id }) => provider_id === providerId)}
        onAskWhy={() => setPanel({ kind: 'visibility', providerId })}
      />
    );
  }
  return null;
}
