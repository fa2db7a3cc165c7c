/** What nodes use at the moment shown, as the metrics server says it; where there is none, nothing is known. */
import { useEffect } from 'react';
import { quantityMilli, quantityValue } from '../../engine/api/quantity';
import { useSession } from '../state/session';
import { useAnswer } from '../state/use-answer';
import { type NodeUse, useNodeUsage } from './node-uses';

/** How often it is asked for, at rest and while time plays; samples are seconds apart. */
const REFRESH_MS = { rest: 150, playing: 1500 };
const QUESTION = 'get --raw /apis/metrics.k8s.io/v1beta1/nodes';

interface NodeMetricsList {
  readonly items?: readonly {
    readonly metadata: { readonly name: string };
    readonly usage: { readonly cpu: string; readonly memory: string };
  }[];
}

function usageIn(stdout: string): ReadonlyMap<string, NodeUse> {
  const { items = [] } = JSON.parse(stdout) as NodeMetricsList;
  return new Map(
    items.map(({ metadata, usage }) => [
      metadata.name,
      { cpuMilli: quantityMilli(usage.cpu), memoryBytes: quantityValue(usage.memory) },
    ]),
  );
}

/** See the header. Draws nothing. */
export default function NodeUsage() {
  const { step, timeMs } = useSession((session) => session.cursor);
  const refreshMs = useSession((session) => (session.playing ? REFRESH_MS.playing : REFRESH_MS.rest));
  const answer = useAnswer('look', { command: QUESTION, at: { step, timeMs } }, { about: [step, timeMs], refreshMs });
  useEffect(() => {
    useNodeUsage.setState({ byNode: answer?.code === 0 ? usageIn(answer.stdout) : new Map() });
  }, [answer]);
  return null;
}
