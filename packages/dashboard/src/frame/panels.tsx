/**
 * Which panel lies over the market, by the address. Panels are loaded when the first is opened: what
 * they know of keys weighs as much as a third of the page.
 */
import type { Advertisement, Resources } from 'golem-vm-discovery-protocol';
import { lazy, Suspense } from 'react';
import type { Panel } from '../address/page-address.js';
import type { Hub } from '../hub/hub.js';
import type { HubInfo } from '../hub/use-info.js';

const ProviderPanel = lazy(async () => {
  const { ProviderPanel: panel } = await import('../provider/provider-panel.js');
  return { default: panel };
});

const VisibilityPanel = lazy(async () => {
  const { VisibilityPanel: panel } = await import('../visibility/visibility-panel.js');
  return { default: panel };
});

/** What panels may need. */
export interface PanelsProps {
  readonly hub: Hub;
  readonly hubInfo: HubInfo | undefined;
  readonly panel: Panel;
  readonly shape: Resources | undefined;
  /** What the market shows: a provider that changes there is looked at again. */
  readonly rows: readonly Advertisement[];
  readonly setPanel: (panel: Panel) => void;
  readonly onClose: () => void;
}

/** Draws it. */
export function Panels(props: PanelsProps) {
  return (
    <Suspense fallback={null}>
      <OpenPanel {...props} />
    </Suspense>
  );
}

function OpenPanel({ panel, rows, setPanel, ...shared }: PanelsProps) {
  if (panel.kind === 'none') return null;
  const { providerId } = panel;
  if (panel.kind === 'provider') {
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
  return (
    <VisibilityPanel
      hub={shared.hub}
      providerId={providerId}
      onAsk={(next) => setPanel({ kind: 'visibility', providerId: next })}
      onClose={shared.onClose}
    />
  );
}
