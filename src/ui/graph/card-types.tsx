/** Which component draws which card, with the points where its edges end. */
import { Handle, type NodeProps, Position } from '@xyflow/react';
import { memo, type ReactNode } from 'react';
import type { Card } from '../../view/graph';
import { NodeCard } from './node-card';
import { GroupCard, OthersCard, OwnerCard, ServiceCard } from './workload-cards';

interface CardData {
  readonly card: Card;
  readonly narrow: boolean;
}

function cardType(draw: (card: Card) => ReactNode) {
  return memo(function FlowCard({ data }: NodeProps) {
    const { card, narrow } = data as unknown as CardData;
    return (
      <>
        {draw(card)}
        <Ends card={card} narrow={narrow} />
      </>
    );
  });
}

/** Edges leave a Deployment to the right and a Service to the left; in narrow drawings downwards and upwards. */
function Ends({ card, narrow }: CardData) {
  switch (card.type) {
    case 'owner':
      return <Handle type="source" position={narrow ? Position.Bottom : Position.Right} isConnectable={false} />;
    case 'service':
      return <Handle type="source" position={narrow ? Position.Top : Position.Left} isConnectable={false} />;
    case 'group':
      return (
        <>
          <Handle type="target" id="owns" position={narrow ? Position.Top : Position.Left} isConnectable={false} />
          <Handle
            type="target"
            id="selects"
            position={narrow ? Position.Bottom : Position.Right}
            isConnectable={false}
          />
        </>
      );
    default:
      return null;
  }
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
