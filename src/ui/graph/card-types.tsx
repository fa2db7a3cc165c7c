/** Which component draws which card, with the points where its edges end. */
import { Handle, type HandleType, type NodeProps, Position } from '@xyflow/react';
import { memo, type ReactNode } from 'react';
import type { Card } from '../../view/graph';
import { NodeCard } from './node-card';
import { GroupCard, OthersCard, OwnerCard, ServiceCard } from './workload-cards';

/** What a card is drawn from. The last three say which of its points have edges. */
export interface CardData extends Record<string, unknown> {
  readonly card: Card;
  readonly narrow: boolean;
  readonly source: boolean;
  readonly owned: boolean;
  readonly chosen: boolean;
}

function cardType(draw: (card: Card) => ReactNode) {
  return memo(function FlowCard({ data }: NodeProps) {
    return (
      <>
        {draw((data as CardData).card)}
        <Ends {...(data as CardData)} />
      </>
    );
  });
}

/** Edges leave a Deployment to the right and a Service to the left; in narrow drawings downwards and upwards. */
function Ends({ card, narrow, source, owned, chosen }: CardData) {
  const after = narrow ? Position.Bottom : Position.Right;
  const before = narrow ? Position.Top : Position.Left;
  switch (card.type) {
    case 'owner':
      return <End type="source" position={after} used={source} />;
    case 'service':
      return <End type="source" position={before} used={source} />;
    case 'group':
      return (
        <>
          <End type="target" id="owns" position={before} used={owned} />
          <End type="target" id="selects" position={after} used={chosen} />
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
  'service-card': cardType((card) => (card.type === 'service' ? <ServiceCard card={card} /> : null)),
  'node-card': cardType((card) => (card.type === 'node' ? <NodeCard card={card} /> : null)),
  'others-card': cardType((card) => (card.type === 'others' ? <OthersCard card={card} /> : null)),
};
