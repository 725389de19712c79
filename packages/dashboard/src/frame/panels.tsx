/**
 * Which panel lies over the market, by the address. Panels are loaded apart, since what they know of
 * keys weighs as much as a third of the page; a while after the rest, so that one opens at once.
 */
import type { Advertisement, Resources } from 'golem-vm-discovery-protocol';
import { lazy, Suspense, useEffect } from 'react';
import type { Panel } from '../address/page-address.js';
import type { Hub } from '../hub/hub.js';
import { PanelGuard } from './panel-guard.js';
import type { HubInfo } from '../hub/use-info.js';

const loadProviderPanel = () => import('../provider/provider-panel.js');
const loadVisibilityPanel = () => import('../visibility/visibility-panel.js');

const ProviderPanel = lazy(async () => ({ default: (await loadProviderPanel()).ProviderPanel }));
const VisibilityPanel = lazy(async () => ({
  default: (await loadVisibilityPanel()).VisibilityPanel,
}));

const PRELOAD_MS = 2_000;

/** Fetches what will be needed soon. What can't be had now is fetched again when it is needed, except by browsers that remember the failure until the page is loaded anew. */
function usePreloaded(): void {
  useEffect(() => {
    const timer = setTimeout(() => {
      for (const load of [loadProviderPanel, loadVisibilityPanel]) load().catch(() => undefined);
    }, PRELOAD_MS);
    return () => clearTimeout(timer);
  }, []);
}

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
  usePreloaded();
  return (
    <PanelGuard key={props.panel.kind} onClose={props.onClose}>
      <Suspense fallback={null}>
        <OpenPanel {...props} />
      </Suspense>
    </PanelGuard>
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
