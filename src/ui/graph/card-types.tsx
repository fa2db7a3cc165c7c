/** Which component draws which card, with the points where its edges end. */
import { Handle, type HandleType, type NodeProps, Position } from '@xyflow/react';
import { memo, type ReactNode, Suspense } from 'react';
import type { Card } from '../../view/cards';
import { late } from '../shell/late';
import { AutoscalerCard } from './autoscaler-card';
import { FrameCard } from './frame-card';
import { GroupCard } from './group-card';
import { IngressCard, ServiceCard } from './network-cards';
import { NodeCard, ZoneCard } from './node-card';
import { OthersCard } from './others-card';
import { OwnerCard } from './owner-card';
import { StorageCards } from './storage-cards';
import { TileCard } from './tile-card';

const QuotaCard = late(() => import('./quota-card'));
const StorageTile = late(() => import('./storage-tile'));

/** What a card is drawn from. The last four say which of its points have edges. */
export interface CardData extends Record<string, unknown> {
  readonly card: Card;
  readonly narrow: boolean;
  readonly source: boolean;
  readonly owned: boolean;
  readonly chosen: boolean;
  readonly routed: boolean;
}

function cardType(draw: (card: Card) => ReactNode) {
  return memo(function FlowCard({ data }: NodeProps) {
    return (
      <>
        <Suspense fallback={null}>{draw((data as CardData).card)}</Suspense>
        <Ends {...(data as CardData)} />
      </>
    );
  });
}

/**
 * Edges leave a Deployment to the right, a Service and an Ingress to the left. In narrow drawings, where cards stand below each other,
 * they go round them: on the left what owns, on the right what leads to. Straight down they would make a chain of what is none.
 */
function Ends({ card, narrow, source, owned, chosen, routed }: CardData) {
  const { Left, Right } = Position;
  switch (card.type) {
    case 'owner':
      return <End type="source" position={narrow ? Left : Right} used={source} />;
    case 'ingress':
      return <End type="source" position={narrow ? Right : Left} used={source} />;
    case 'service':
      return (
        <>
          <End type="source" position={narrow ? Right : Left} used={source} />
          <End type="target" id="routes" position={Right} used={routed} />
        </>
      );
    case 'group':
      return (
        <>
          <End type="target" id="owns" position={Left} used={owned} />
          <End type="target" id="selects" position={Right} used={chosen} />
        </>
      );
    default:
      return null;
  }
}

/** Unused points stay where they are, unseen: the library does not notice points that come later. */
function End({ used, ...point }: { type: HandleType; id?: string; position: Position; used: boolean }) {
  return <Handle {...point} isConnectable={false} style={{ visibility: used ? 'visible' : 'hidden' }} />;
}

/** The library styles some type names of its own, `group` among them. */
export function flowType(type: Card['type']): string {
  return `${type}-card`;
}

export const CARD_TYPES = {
  'owner-card': cardType((card) => (card.type === 'owner' ? <OwnerCard card={card} /> : null)),
  'group-card': cardType((card) => (card.type === 'group' ? <GroupCard card={card} /> : null)),
  'frame-card': cardType((card) => (card.type === 'frame' ? <FrameCard card={card} /> : null)),
  'tile-card': cardType((card) => (card.type === 'tile' ? <TileCard card={card} /> : null)),
  'storage-tile-card': cardType((card) => (card.type === 'storage-tile' ? <StorageTile card={card} /> : null)),
  'service-card': cardType((card) => (card.type === 'service' ? <ServiceCard card={card} /> : null)),
  'node-card': cardType((card) => (card.type === 'node' ? <NodeCard card={card} /> : null)),
  'zone-card': cardType((card) => (card.type === 'zone' ? <ZoneCard card={card} /> : null)),
  'others-card': cardType((card) => (card.type === 'others' ? <OthersCard card={card} /> : null)),
  'claims-card': cardType((card) => (card.type === 'claims' ? <StorageCards card={card} /> : null)),
  'storage-card': cardType((card) => (card.type === 'storage' ? <StorageCards card={card} /> : null)),
  'ingress-card': cardType((card) => (card.type === 'ingress' ? <IngressCard card={card} /> : null)),
  'quota-card': cardType((card) => (card.type === 'quota' ? <QuotaCard card={card} /> : null)),
  'autoscaler-card': cardType((card) => (card.type === 'autoscaler' ? <AutoscalerCard card={card} /> : null)),
};
