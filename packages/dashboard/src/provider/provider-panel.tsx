/** Everything that a provider said, and what of it is proven. */
import {
  type Advertisement,
  type AdvertisementBody,
  estimatePrice,
  type Resources,
} from 'golem-vm-discovery-protocol';
import { CopyButton } from '../parts/copy-button.js';
import { PanelFrame } from '../parts/panel-frame.js';
import type { Hub } from '../hub/hub.js';
import type { HubInfo } from '../hub/use-info.js';
import type { Answer } from '../hub/use-answer.js';
import { countryLabel } from '../words/countries.js';
import { Flag } from '../parts/flag.js';
import { formatCount, formatGb } from '../words/formats.js';
import { WORDS } from '../words/words.js';
import { HubWord } from './hub-word.js';
import { PriceList } from './price-list.js';
import { ProofCard } from './proof-card.js';
import type { ProofVerdict } from './proof-check.js';
import { useProof } from './use-proof.js';
import { useProvider } from './use-provider.js';

/** Which provider, of which hub. */
export interface ProviderPanelProps {
  readonly hub: Hub;
  readonly hubInfo: HubInfo | undefined;
  readonly providerId: string;
  /** The machine that was searched for, whose price is then told too. */
  readonly shape: Resources | undefined;
  /** Changes whenever the provider may have changed. */
  readonly sign: unknown;
  readonly onClose: () => void;
  readonly onAskWhy: () => void;
}

/** Opens the panel. */
export function ProviderPanel(props: ProviderPanelProps) {
  const { hub, hubInfo, providerId, sign, onClose, onAskWhy } = props;
  const aheadMs = hubInfo?.aheadMs ?? 0;
  const known = useProvider(hub, providerId, aheadMs, sign);
  const advertisement = known.kind === 'listed' ? known.advertisement : undefined;
  const proof = useProof(hub, hubInfo, advertisement);
  const said = signedBy(proof) ?? advertisement;
  return (
    <PanelFrame title={<bdi>{said?.provider_name ?? WORDS.provider.title}</bdi>} onClose={onClose}>
      <p className="id-line">
        <code>{providerId}</code>
        <CopyButton text={providerId} what={WORDS.provider.id} />
      </p>
      {known.kind === 'waiting' && <p className="hint">{WORDS.provider.loading}</p>}
      {known.kind === 'failed' && <p className="notice is-warning">{known.message}</p>}
      {known.kind === 'not_listed' && (
        <div className="notice is-warning">
          <b>{WORDS.provider.gone}</b>
          <p>{WORDS.provider.goneHint}</p>
          <button type="button" className="quiet-button" onClick={onAskWhy}>
            {WORDS.provider.askWhy}
          </button>
        </div>
      )}
      {advertisement && said && <Listed {...props} {...{ advertisement, said, proof, aheadMs }} />}
    </PanelFrame>
  );
}

/**
 * What the key signed, once that is known: a hub could answer one thing with its proof and another
 * without.
 */
function signedBy(proof: Answer<ProofVerdict>): AdvertisementBody | undefined {
  if (proof.kind !== 'answered' || proof.value.kind !== 'holds') return undefined;
  return proof.value.signed;
}

interface ListedProps extends Pick<ProviderPanelProps, 'hub' | 'shape'> {
  /** To be added to the viewer's clock. */
  readonly aheadMs: number;
  readonly advertisement: Advertisement;
  /** What of it is to be shown. */
  readonly said: AdvertisementBody;
  readonly proof: Answer<ProofVerdict>;
}

function Listed({ hub, aheadMs, shape, advertisement, said, proof }: ListedProps) {
  const { resources, pricing } = said;
  return (
    <>
      <ProofCard verified={advertisement.verified} answer={proof} aheadMs={aheadMs} />
      <dl className="resources">
        <div>
          <dt>{WORDS.find.resource.cpu}</dt>
          <dd>{formatCount(resources.cpu)}</dd>
        </div>
        <div>
          <dt>{WORDS.find.resource.memory}</dt>
          <dd>{formatGb(resources.memory)}</dd>
        </div>
        <div>
          <dt>{WORDS.find.resource.storage}</dt>
          <dd>{formatGb(resources.storage)}</dd>
        </div>
      </dl>
      <Place said={said} />
      <PriceList
        pricing={pricing}
        whole={estimatePrice(resources, pricing)}
        shape={shape}
        forShape={shape && estimatePrice(shape, pricing)}
      />
      <HubWord {...{ hub, advertisement, aheadMs }} />
    </>
  );
}

function Place({ said }: { readonly said: AdvertisementBody }) {
  const { ip_address, country, platform } = said;
  return (
    <dl className="facts">
      <dt>{WORDS.provider.address}</dt>
      <dd>
        <code>{ip_address}</code>
        <CopyButton text={ip_address} what={WORDS.provider.address} />
      </dd>
      <dt>{WORDS.provider.country}</dt>
      <dd>
        <Flag code={country} /> {countryLabel(country)}
      </dd>
      <dt>{WORDS.provider.platform}</dt>
      <dd>{platform ?? <span className="muted">{WORDS.provider.notSaid}</span>}</dd>
    </dl>
  );
}
